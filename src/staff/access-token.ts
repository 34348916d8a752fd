import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as v from 'valibot'

/** The header in which Cloudflare Access hands on whom it let in. */
export const ACCESS_HEADER = 'cf-access-jwt-assertion'

/** The program's own Access: the team's host, such as `example.cloudflareaccess.com`, and the application's AUD tag. */
export type AccessSettings = { team: string; audience: string }

/** Whom Access let in, and when it gave out the token. */
export type AccessIdentity = { email: string; issuedAt: Date }

// `app`: a token for an application. One for a service has no email, and is nobody of ours.
const Claims = v.object({
  type: v.literal('app'),
  email: v.pipe(v.string(), v.nonEmpty(), v.maxLength(320)),
  iat: v.number(),
})

/** Null where the program does not use Access; half a setting is a mistake that must not open anything. */
export function accessSettingsOf(env: {
  ACCESS_TEAM_DOMAIN: string
  ACCESS_AUD: string
}): AccessSettings | null {
  const { ACCESS_TEAM_DOMAIN: team, ACCESS_AUD: audience } = env
  if (team === '' && audience === '') return null
  if (!/^[a-z0-9.-]+$/.test(team) || audience === '')
    throw new Error('ACCESS_TEAM_DOMAIN (a host name) and ACCESS_AUD belong together')
  return { team, audience }
}

/**
 * Whom the token names, if Access signed it for this application and its time has not run out; null for every other
 * text. RS256 only: a token that chose its own algorithm could be signed with the public key, or not at all.
 */
export async function verifyAccessToken(
  token: string,
  { team, audience }: AccessSettings,
  keys: JWTVerifyGetKey,
  now: Date,
): Promise<AccessIdentity | null> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: `https://${team}`,
      audience,
      algorithms: ['RS256'],
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'email'],
    })
    const claims = v.safeParse(Claims, payload)
    if (!claims.success) return null
    return { email: claims.output.email, issuedAt: new Date(claims.output.iat * 1000) }
  } catch (error) {
    // jose throws for every way in which a token can be wrong. Keys that cannot be fetched let nobody in, either.
    console.warn({ message: 'Access token refused', reason: error instanceof Error ? error.name : 'unknown' })
    return null
  }
}

const keySets = new Map<string, JWTVerifyGetKey>()

/** The team's public keys, fetched when first needed and kept by this isolate; jose asks again for a key it lacks. */
export function accessKeysOf({ team }: AccessSettings): JWTVerifyGetKey {
  const known = keySets.get(team)
  if (known) return known
  const keys = createRemoteJWKSet(new URL(`https://${team}/cdn-cgi/access/certs`))
  keySets.set(team, keys)
  return keys
}
