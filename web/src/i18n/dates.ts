// Clock and dates from our own tables: Chromium has no Intl dates for az, ka and hy.
import { language } from './index.svelte.ts'

const MONTHS: Readonly<Record<string, string>> = {
  en: 'January February March April May June July August September October November December',
  az: 'yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr',
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  ka: 'იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი',
  hy: 'հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի',
  tr: 'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık',
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Time of day, 24 hours: 14:05. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Day and month with the year: 24 November 2026. */
export function day(ms: number): string {
  const date = new Date(ms)
  const months = (MONTHS[language()] ?? MONTHS['en']!).split(' ')
  return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`
}

/** Minutes and seconds of a span: 4:05; never below 0:00. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}
