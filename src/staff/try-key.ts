import { keyedHash, readKeyring } from '../core/keyring.ts'

/**
 * Under what tries are counted: a password by the name it was tried at and the network that tried, so that a stranger
 * elsewhere cannot keep its holder waiting; a code by whose it is, since only who knows the password gets that far.
 * Hashed, so that names typed by strangers are kept nowhere.
 */
export function tryKey(
  sessionKey: string,
  what: { email: string; network: string } | { staffId: number },
): Promise<string> {
  const [key] = readKeyring(sessionKey)
  const text = 'email' in what ? `password ${what.email} ${what.network}` : `code ${what.staffId}`
  return keyedHash(key, 'staff try 1', text)
}
