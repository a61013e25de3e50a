declare module 'virtual:catalogue/*' {
  const addresses: Readonly<Record<string, string>>
  export default addresses
}

declare module 'fake-indexeddb/auto'
