import { Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Proposal } from './proposal-queries.ts'

type ProposalListPageProps = { chrome: StaffChrome; proposals: readonly Proposal[] }

/** Acts on many certifications, those that wait for a second person first. */
export function ProposalListPage({ chrome, proposals }: ProposalListPageProps) {
  const { t, staff } = chrome
  const title = t('acts.list.title')
  return (
    <StaffPage chrome={chrome} title={title} section="acts">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('acts.list.text')}</p>
      </div>
      {staff?.may.includes('awards.act') && (
        <p>
          <a class="button" href={paths.staff.newActs}>
            {t('acts.bulk.title')}
          </a>
        </p>
      )}
      {proposals.length === 0 ? (
        <div class="empty">
          <p>{t('acts.list.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t.plural('acts.list.caption', proposals.length)}
          columns={[
            t('acts.column.act'),
            t('console.column.state'),
            t('acts.proposal.by'),
            t('console.column.decided'),
          ]}
          rows={proposals.map(
            ({ id, kind, awardIds, state, proposedBy, proposedAt, decidedBy, decidedAt }) => [
              <a href={paths.staff.proposal(id)}>{t.plural(`acts.bulk.title.${kind}`, awardIds.length)}</a>,
              t(`acts.proposal.${state}`),
              <>
                {proposedBy}
                <div class="soft">
                  <Instant t={t} at={proposedAt} />
                </div>
              </>,
              decidedAt && (
                <>
                  {decidedBy}
                  <div class="soft">
                    <Instant t={t} at={decidedAt} />
                  </div>
                </>
              ),
            ],
          )}
        />
      )}
    </StaffPage>
  )
}
