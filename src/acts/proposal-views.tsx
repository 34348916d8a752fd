import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import { actedRows, type BulkEffect } from './bulk-effect.ts'
import { BulkEffectList } from './bulk-effect-views.tsx'
import { actOf } from './bulk-form.ts'
import { ActFacts } from './preview-views.tsx'
import type { listNamedAwards, Proposal } from './proposal-queries.ts'

type NamedAward = Awaited<ReturnType<typeof listNamedAwards>>[number]

type ProposalPageProps = {
  chrome: StaffChrome
  proposal: Proposal
  /** What it would change by now, of one that is open. */
  open: { effect: BulkEffect; digest: string } | null
  /** Of one that was decided: the awards as they stand. */
  awards: readonly NamedAward[]
  today: CalendarDate
  isOwn: boolean
  isStale: boolean
}

/** What somebody proposed for many awards; a second person decides. */
export function ProposalPage(props: ProposalPageProps) {
  const { chrome, proposal, open, awards, today, isOwn, isStale } = props
  const { t, staff } = chrome
  const { id, kind, state } = proposal
  const title = t.plural(`acts.bulk.title.${kind}`, proposal.awardIds.length)
  const mayAct = staff?.may.includes('awards.act') ?? false
  return (
    <StaffPage chrome={chrome} title={title} section="acts">
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`acts.proposal.${state}`)}</p>
      </div>
      {isStale && (
        <p class="notice notice--bad" role="status">
          {t('acts.bulk.stale')}
        </p>
      )}
      <ActFacts t={t} act={actOf(proposal)} />
      <Who t={t} proposal={proposal} />
      <p>
        <a href={paths.staff.proposalCsv(id)} download="">
          {t('acts.proposal.csv')}
        </a>
      </p>
      {open ? (
        <>
          <BulkEffectList t={t} effect={open.effect} today={today} />
          {mayAct && <Decision t={t} proposal={proposal} open={open} isOwn={isOwn} />}
        </>
      ) : (
        <NamedAwards t={t} awards={awards} today={today} />
      )}
    </StaffPage>
  )
}

function Who({ t, proposal }: { t: Translate; proposal: Proposal }) {
  const { state, proposedBy, proposedAt, decidedBy, decidedAt } = proposal
  return (
    <dl class="printed">
      <div>
        <dt>{t('acts.proposal.by')}</dt>
        <dd>
          {proposedBy}, <Instant t={t} at={proposedAt} />
        </dd>
      </div>
      {decidedAt && (
        <div>
          <dt>{t(state === 'dropped' ? 'acts.proposal.dropped-by' : 'acts.proposal.confirmed-by')}</dt>
          <dd>
            {decidedBy}, <Instant t={t} at={decidedAt} />
          </dd>
        </div>
      )}
    </dl>
  )
}

type DecisionProps = {
  t: Translate
  proposal: Proposal
  open: { effect: BulkEffect; digest: string }
  isOwn: boolean
}

function Decision({ t, proposal: { id, kind }, open: { effect, digest }, isOwn }: DecisionProps) {
  const count = actedRows(effect).length
  return (
    <section class="stack">
      <h2>{t('acts.proposal.decide')}</h2>
      {isOwn && <p>{t('acts.proposal.own')}</p>}
      {!isOwn && count > 0 && (
        <form method="post" action={paths.staff.proposal(id)}>
          <input type="hidden" name="digest" value={digest} />
          <button class={kind === 'revoke' ? 'button button--danger' : 'button'} type="submit">
            {t.plural(`acts.bulk.confirm.${kind}`, count)}
          </button>
        </form>
      )}
      <form method="post" action={paths.staff.dropProposal(id)}>
        <button class="button button--quiet" type="submit">
          {t('acts.proposal.drop')}
        </button>
      </form>
    </section>
  )
}

function NamedAwards({
  t,
  awards,
  today,
}: {
  t: Translate
  awards: readonly NamedAward[]
  today: CalendarDate
}) {
  return (
    <Records
      caption={t.plural('acts.proposal.awards', awards.length)}
      columns={[
        t('console.column.certification'),
        t('acts.candidate'),
        t('console.column.state'),
        t('certifications.expires'),
      ]}
      rows={awards.map((award) => [
        <>
          <a href={paths.staff.award(award.id)}>{award.certification}</a>
          <div class="soft number">{award.number}</div>
        </>,
        <a href={paths.staff.candidate(award.candidateId)}>{award.candidateId}</a>,
        <StandingMark t={t} standing={standingOn(today, award)} />,
        award.expiresOn ? <DateOnly t={t} date={award.expiresOn} /> : t('certifications.never-expires'),
      ])}
    />
  )
}
