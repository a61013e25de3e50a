// Marks travel as hundredths; people read 75.5.

/** 7550 → "75.5", 7600 → "76". */
export const hundredths = (value: number): string => String(Math.round(value) / 100)

/** Tenths of a percentage point with their sign: 120 → "+12", −35 → "−3.5". */
export const gain = (tenths: number): string => `${tenths > 0 ? '+' : tenths < 0 ? '−' : ''}${Math.abs(tenths) / 10}`
