export const HANDLE_CHARACTERS = 16

/** What a session is called on its holder's pages: enough to tell it apart, too little to be it. */
export function sessionHandle(idHash: string): string {
  return idHash.slice(0, HANDLE_CHARACTERS)
}
