import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import type { Feed } from '../import/feeds.ts'
import { Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { examOfSeriesCode, findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { TaughtAfter, TaughtCode, TaughtLink } from './taught-list.ts'

export const TAUGHT_NOTICES = ['id-forgotten', 'code-forgotten', 'gone', 'anew'] as const
export type TaughtNotice = (typeof TAUGHT_NOTICES)[number]

type TaughtPageProps = {
  chrome: StaffChrome
  feed: Feed
  /** Behind what the lists begin. */
  after: TaughtAfter
  links: readonly TaughtLink[]
  codes: readonly TaughtCode[]
  /** The addresses of the pages behind this one, if there are any. */
  nextIds: string | null
  nextCodes: string | null
  notice: TaughtNotice | null
}

/** What a feed has learned from staff: whose an ID is, and which exam a code means. */
export function TaughtPage(props: TaughtPageProps) {
  const { chrome, feed, after, links, codes, nextIds, nextCodes, notice } = props
  const { t, program, staff } = chrome
  const may = staff?.may ?? []
  const mayForget = may.includes('quarantine.decide')
  const title = t('feeds.taught.title', { name: feed.name })
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries">
      {notice && (
        <div class={notice === 'anew' ? 'notice notice--bad' : 'notice notice--good'} role="status">
          <p>{t(`feeds.taught.notice.${notice}`)}</p>
        </div>
      )}
      <DeliveriesMenu chrome={chrome} room="feeds" />
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>
          {t('feeds.taught.intro')} {!mayForget && t('feeds.taught.for-reviewers')}
        </p>
      </div>
      <section class="stack" aria-labelledby="ids">
        <h2 id="ids">{t('feeds.taught.ids')}</h2>
        {!may.includes('candidates.view') ? (
          <p>{t('feeds.taught.ids.hidden')}</p>
        ) : links.length === 0 ? (
          <Empty>{t(after.ids === null ? 'feeds.taught.ids.empty' : 'feeds.taught.end')}</Empty>
        ) : (
          <>
            <Links {...{ t, feed, links, mayForget }} />
            <Next href={nextIds}>{t('feeds.taught.ids.next')}</Next>
          </>
        )}
      </section>
      <section class="stack" aria-labelledby="codes">
        <h2 id="codes">{t('feeds.taught.codes')}</h2>
        {codes.length === 0 ? (
          <Empty>{t(after.codes === null ? 'feeds.taught.codes.empty' : 'feeds.taught.end')}</Empty>
        ) : (
          <>
            <Codes {...{ t, program, feed, codes, mayForget }} />
            <Next href={nextCodes}>{t('feeds.taught.codes.next')}</Next>
          </>
        )}
      </section>
      <p>
        <a href={paths.staff.feed(feed.id)}>{t('feeds.back')}</a>
      </p>
    </StaffPage>
  )
}

function Empty({ children }: { children: Child }) {
  return (
    <div class="empty">
      <p>{children}</p>
    </div>
  )
}

function Next({ href, children }: { href: string | null; children: Child }) {
  if (href === null) return null
  return (
    <p>
      <a href={href}>{children}</a>
    </p>
  )
}

type ListProps = { t: Translate; feed: Feed; mayForget: boolean }

function Links({ t, feed, links, mayForget }: ListProps & { links: readonly TaughtLink[] }) {
  return (
    <Records
      caption={t('feeds.taught.ids.caption')}
      columns={[
        t('feeds.taught.column.id'),
        t('feeds.taught.column.candidate'),
        ...lastColumns(t, mayForget),
      ]}
      rows={links.map((link) => [
        <bdi>{link.said}</bdi>,
        <CandidateLink link={link} />,
        link.taughtBy,
        <Instant t={t} at={new Date(link.taughtAt)} />,
        ...(mayForget
          ? [<Forget t={t} what={link.said} href={paths.staff.feedIdRemoval(feed.id, link.said)} />]
          : []),
      ])}
    />
  )
}

type CodesProps = ListProps & { program: Program; codes: readonly TaughtCode[] }

function Codes({ t, program, feed, codes, mayForget }: CodesProps) {
  return (
    <Records
      caption={t('feeds.taught.codes.caption')}
      columns={[t('feeds.taught.column.code'), t('feeds.taught.column.exam'), ...lastColumns(t, mayForget)]}
      rows={codes.map((one) => [
        <bdi>{one.code}</bdi>,
        <TaughtExam t={t} program={program} taught={one} />,
        one.taughtBy,
        <Instant t={t} at={new Date(one.taughtAt)} />,
        ...(mayForget
          ? [<Forget t={t} what={one.code} href={paths.staff.feedCodeRemoval(feed.id, one.code)} />]
          : []),
      ])}
    />
  )
}

function lastColumns(t: Translate, mayForget: boolean): string[] {
  const columns = [t('feeds.taught.column.by'), t('feeds.taught.column.at')]
  return mayForget ? [...columns, t('feeds.taught.column.forget')] : columns
}

/** Leads to a page that says what would happen. */
function Forget({ t, what, href }: { t: Translate; what: string; href: string }) {
  return (
    <a href={href} aria-label={t('feeds.taught.forget-it', { what })}>
      {t('feeds.taught.forget')}
    </a>
  )
}

export function CandidateLink({ link: { candidateId, fullName } }: { link: TaughtLink }) {
  return (
    <>
      <a href={paths.staff.candidate(candidateId)}>
        <bdi>{fullName}</bdi>
      </a>{' '}
      <p class="soft">{candidateId}</p>
    </>
  )
}

type TaughtExamProps = { t: Translate; program: Program; taught: TaughtCode }

/** Which exam a code means, and whether the program still goes by it. */
export function TaughtExam({ t, program, taught: { code, exam } }: TaughtExamProps) {
  const title = findExam(program, exam)?.title
  const known = examOfSeriesCode(program, code)
  return (
    <>
      {title ?? exam} {title !== undefined && <p class="soft">{exam}</p>}
      {known ? (
        <p class="soft">{t('feeds.taught.code-known', { exam: known.code })}</p>
      ) : (
        title === undefined && <p class="soft">{t('feeds.taught.exam-gone')}</p>
      )}
    </>
  )
}
