import { Hono } from 'hono'
import { staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { randomToken, sha256Hex } from '../core/tokens.ts'
import { rotateEventSecret } from '../import/events/secret.ts'
import { requireFreshStaff, requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { replaceToken } from './change-queries.ts'

import { FEED, requireFeed, whoOf } from './feed-path.ts'
import { NewSecretPage, NewTokenPage, SecretMadePage, TokenMadePage } from './token-views.tsx'

const TOKEN = `${FEED}/token`
const SECRET = `${FEED}/secret`

/** What a vendor's machine proves itself with. Each is answered once, by the request that makes it. */
export const tokenPages = new Hono<StaffEnv>()
  .use(TOKEN, requirePermission('feeds.tokens'), requireFreshStaff)
  .use(SECRET, requirePermission('feeds.tokens'), requireFreshStaff)

  .get(TOKEN, async (c) => {
    const feed = await requireFeed(c)
    return render(c, <NewTokenPage chrome={staffChromeOf(c)} feed={feed} />)
  })

  .post(TOKEN, withinFormLimit, async (c) => {
    const feed = await requireFeed(c)
    const fields = await readFormFields(c)
    const token = randomToken()
    const isMade = await replaceToken(
      c.var.db,
      {
        id: feed.id,
        hash: await sha256Hex(token),
        madeAt: readMadeAt(typedText(fields, 'madeAt')),
        atOnce: typedText(fields, 'atOnce') === 'on',
      },
      whoOf(c),
    )
    const chrome = staffChromeOf(c)
    // The form of a token that was made since: sent twice, or loaded again.
    if (!isMade) return render(c, <NewTokenPage chrome={chrome} feed={feed} wasReplaced />, 409)
    return render(
      c,
      <TokenMadePage chrome={chrome} feed={feed} secret={token} origin={c.env.PUBLIC_ORIGIN} />,
    )
  })

  .get(SECRET, async (c) => {
    const feed = await requireFeed(c)
    return render(c, <NewSecretPage chrome={staffChromeOf(c)} feed={feed} />)
  })

  .post(SECRET, async (c) => {
    const { db, staff, now } = c.var
    const feed = await requireFeed(c)
    // Told of first: a secret that nobody was told of must not be there.
    const event = {
      action: 'feed.secret-made',
      actor: staffActor(staff.staffId),
      details: { feed: feed.id },
    } as const
    await writeAudit(db, event, now)
    const secret = await rotateEventSecret(c.env, feed.id, now)
    return render(c, <SecretMadePage chrome={staffChromeOf(c)} feed={feed} secret={secret} />)
  })

function readMadeAt(text: string): Date | null {
  return /^\d{1,15}$/.test(text) ? new Date(Number(text)) : null
}
