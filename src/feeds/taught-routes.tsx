import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { FEED, whoOf } from './feed-path.ts'
import { forgetCode, forgetLink } from './forget-queries.ts'
import { ForgetCodePage, ForgetIdPage } from './forget-views.tsx'
import { readTaughtCursor, TAUGHT_ON_PAGE, type TaughtAfter, taughtPath } from './taught-list.ts'
import { findTaughtCode, findTaughtLink, loadTaught } from './taught-queries.ts'
import { TAUGHT_NOTICES, type TaughtNotice, TaughtPage } from './taught-views.tsx'

const TAUGHT = `${FEED}/taught`
const ID_REMOVAL = `${TAUGHT}/id/removal`
const CODE_REMOVAL = `${TAUGHT}/code/removal`

/** What staff taught a feed by settling rows, and forgetting what was wrong. */
export const taughtPages = new Hono<StaffEnv>()
  .get(TAUGHT, async (c) => {
    const after: TaughtAfter = {
      ids: readTaughtCursor(c.req.query('ids')),
      codes: readTaughtCursor(c.req.query('codes')),
    }
    // One more than is shown tells whether there is a next page.
    const taught = await loadTaught(c.var.db, feedIdOf(c), after, TAUGHT_ON_PAGE + 1)
    if (!taught) throw new HTTPException(404)
    const { feed, links, codes } = taught
    const lastLink = links.length > TAUGHT_ON_PAGE ? links[TAUGHT_ON_PAGE - 1] : undefined
    const lastCode = codes.length > TAUGHT_ON_PAGE ? codes[TAUGHT_ON_PAGE - 1] : undefined
    const nextIds = lastLink && { at: lastLink.taughtAt, what: lastLink.said }
    const nextCodes = lastCode && { at: lastCode.taughtAt, what: lastCode.code }
    return render(
      c,
      <TaughtPage
        chrome={staffChromeOf(c)}
        feed={feed}
        after={after}
        links={links.slice(0, TAUGHT_ON_PAGE)}
        codes={codes.slice(0, TAUGHT_ON_PAGE)}
        nextIds={nextIds ? taughtPath(feed.id, { ...after, ids: nextIds }) : null}
        nextCodes={nextCodes ? taughtPath(feed.id, { ...after, codes: nextCodes }) : null}
        notice={TAUGHT_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null}
      />,
    )
  })

  .get(ID_REMOVAL, requirePermission('quarantine.decide'), async (c) => {
    const { feed, link } = await findLink(c)
    if (!link) return seeTaught(c, 'gone')
    return render(c, <ForgetIdPage chrome={staffChromeOf(c)} feed={feed} link={link} />)
  })

  .post(ID_REMOVAL, requirePermission('quarantine.decide'), withinFormLimit, async (c) => {
    const { feed, link } = await findLink(c)
    if (link) {
      if (!(await isAsSeen(c, link))) return seeTaught(c, 'anew')
      await forgetLink(c.var.db, feed.id, link, whoOf(c))
    }
    return seeTaught(c, 'id-forgotten')
  })

  .get(CODE_REMOVAL, requirePermission('quarantine.decide'), async (c) => {
    const { feed, code } = await findCode(c)
    if (!code) return seeTaught(c, 'gone')
    return render(c, <ForgetCodePage chrome={staffChromeOf(c)} feed={feed} code={code} />)
  })

  .post(CODE_REMOVAL, requirePermission('quarantine.decide'), withinFormLimit, async (c) => {
    const { feed, code } = await findCode(c)
    if (code) {
      if (!(await isAsSeen(c, code))) return seeTaught(c, 'anew')
      await forgetCode(c.var.db, feed.id, code, whoOf(c))
    }
    return seeTaught(c, 'code-forgotten')
  })

/** What the address names; null where it is forgotten already, or never was taught. */
async function findLink(c: Context<StaffEnv>) {
  const found = await findTaughtLink(c.var.db, feedIdOf(c), requireQuery(c, 'said'))
  if (!found) throw new HTTPException(404)
  return found
}

async function findCode(c: Context<StaffEnv>) {
  const found = await findTaughtCode(c.var.db, feedIdOf(c), requireQuery(c, 'code'))
  if (!found) throw new HTTPException(404)
  return found
}

function feedIdOf(c: Context<StaffEnv>): string {
  return c.req.param('id') ?? ''
}

function requireQuery(c: Context<StaffEnv>, name: string): string {
  const text = c.req.query(name)
  if (!text) throw new HTTPException(404)
  return text
}

/** Whether what stands is what somebody has seen, and not what a colleague taught since. */
async function isAsSeen(c: Context<StaffEnv>, { taughtAt }: { taughtAt: number }): Promise<boolean> {
  return typedText(await readFormFields(c), 'taughtAt') === String(taughtAt)
}

function seeTaught(c: Context<StaffEnv>, notice: TaughtNotice) {
  return c.redirect(`${paths.staff.feedTaught(feedIdOf(c))}?${notice}`, 303)
}
