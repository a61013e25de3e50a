// Group work over the public contract: tables, people who sit at them, and what they write.
const id = () => crypto.randomUUID()

export const ANSWERS = ['Biggest barrier', 'One thing we will do']

// A meeting with a groups activity in front of the hall.
export async function groupWork(made, { title = 'Group work', ...settings } = {}) {
  const activity = id()
  await made.command({ add_activity: { id: activity, kind: 'groups', title } })
  await made.command({ set_groups: { activity, ...settings } })
  await made.command({ show_joining: { on: false } })
  await made.command({ stage: { activity } })
  const desk = async () => (await made.api('GET', '/views/desk')).body.view
  return {
    activity,
    desk,
    plan: async (more = {}) => {
      const answer = await made.api('POST', `/activities/${activity}/plan`, more)
      if (answer.status !== 200) throw new Error(`no plan: ${JSON.stringify(answer)}`)
      return answer.body
    },
    publish: () => made.command({ publish_groups: { activity } }),
    // The tables by number, as the floor has them.
    tables: async () => Object.entries((await made.floor()).groups)
      .filter(([, table]) => table.activity === activity)
      .map(([table, more]) => ({ id: table, ...more }))
      .sort((a, b) => a.number - b.number),
    // Which table a person sits at.
    tableOf: async (person) => (await made.api('GET', '/mine', undefined, person.token)).body.mine.groups[activity]?.group,
  }
}
