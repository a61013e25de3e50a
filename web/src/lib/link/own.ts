// Addresses by which a computer reaches itself alone: no phone gets anywhere with them. Knows nothing of the server.
const OWN = /^(https?:\/\/)?(localhost|127\.|\[::1\])/i

/** Whether an address, with or without its scheme, is only this computer's own. */
export const isOwn = (address: string): boolean => OWN.test(address)
