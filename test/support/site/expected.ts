import type { Permission } from '../../../src/staff/permissions.ts'

/** A candidate with one of everything that has an address. */
export type Place = {
  candidate: { id: string; email: string }
  award: { id: number; verificationCode: string }
  transcript: { id: number; token: string }
  delivery: string
  accessLink: string
}

/** What was made for one route only, by its `prepare`. */
export type Made = Record<string, string>

/** What a route answers to nobody, to another candidate, and to the one whose place it is. */
export type Expected = {
  /** Makes what only this route needs, once for each visit. */
  prepare?: (place: Place) => Promise<Made>
  path: (place: Place, made: Made) => string
  /** The body of a POST: form fields, or a file as it is. */
  sends?: (place: Place, made: Made) => Record<string, string> | string | Promise<Record<string, string>>
  answers: readonly [nobody: number, anotherCandidate: number, candidate: number]
  /**
   * A route of the console: staff whose role has the permission get `answer`, the others 404. `null`: every role.
   * Other routes must answer staff as they answer nobody.
   */
  staff?: { needs: Permission | null; answer: number }
  /** May be kept by browsers. */
  storable?: true
  /** Names the candidate to whoever has the secret in its address. */
  names?: true
  /** Open to a vendor's machine, by its token. */
  machine?: true
  /** A GET that may set a cookie, with the reason why. */
  setsCookie?: string
}

/** The routes of one room, and the paths that middleware stands in front of. */
export type RoomSite = { routes: Record<string, Expected>; guarded: string[] }

export const everybody: Expected['answers'] = [200, 200, 200]
export const signedIn: Expected['answers'] = [303, 200, 200]
export const owner: Expected['answers'] = [303, 404, 200]
/** The console sends whoever is not staff to its own sign-in. */
export const staffOnly: Expected['answers'] = [303, 303, 303]
