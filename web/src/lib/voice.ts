// Reads a text with the phone's own voice; the same touch again stops it.

let last = ''

export function readAloud(text: string, language: string): void {
  const voice = speechSynthesis
  const stop = voice.speaking && last === text
  voice.cancel()
  if (stop) return
  last = text
  const said = new SpeechSynthesisUtterance(text)
  said.lang = language
  voice.speak(said)
}
