import { sha256Hex, sha256HexOf } from '../../core/tokens.ts'
import type { Photo } from '../photo.ts'

/**
 * The key under which what a form says is kept once. The form's own key alone would not do: who goes back and sends other
 * words, or other files, by the same form says something else, and nothing of it may be lost.
 */
export async function contentKey(
  submission: string,
  said: readonly unknown[],
  files: readonly Photo[],
): Promise<string> {
  const sums = await Promise.all(files.map(({ bytes }) => sha256HexOf(bytes)))
  return sha256Hex(JSON.stringify([submission, said, sums]))
}
