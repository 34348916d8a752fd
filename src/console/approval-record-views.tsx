import { approvalName } from '../certifications/wording.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { CandidateRecord } from './candidate-queries.ts'

type ApprovalsProps = { t: Translate; record: CandidateRecord; program: Program; mayGive: boolean }

/** What the staff approved, where the program asks for it or ever did. */
export function Approvals({ t, record: { person, approvals }, program, mayGive }: ApprovalsProps) {
  if (approvals.length === 0 && program.approvals.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('console.approvals')}</h2>
      {approvals.length === 0 ? (
        <p class="soft">{t('common.none')}</p>
      ) : (
        <Records
          caption={t.plural('console.lines', approvals.length)}
          columns={[
            t('approvals.which'),
            t('approvals.on'),
            t('approvals.note'),
            t('approvals.given'),
            t('console.column.state'),
          ]}
          rows={approvals.map((one) => [
            approvalName(program, one.approval),
            <DateOnly t={t} date={one.approvedOn} />,
            one.note && (
              <div class="remarks" dir="auto">
                {one.note}
              </div>
            ),
            <>
              {one.givenBy}
              <div class="soft">
                <Instant t={t} at={one.givenAt} />
              </div>
            </>,
            one.withdrawnAt ? (
              <>
                {t('approvals.withdrawn', { name: one.withdrawnBy ?? '' })}
                <div class="soft">
                  <Instant t={t} at={one.withdrawnAt} />
                </div>
                {one.withdrawalReason && (
                  <div class="remarks" dir="auto">
                    {one.withdrawalReason}
                  </div>
                )}
              </>
            ) : (
              mayGive && (
                <a href={paths.staff.withdrawApproval(person.id, one.id)}>{t('approvals.withdraw')}</a>
              )
            ),
          ])}
        />
      )}
      {mayGive && program.approvals.length > 0 && person.erasedAt === null && (
        <p>
          <a class="button button--quiet" href={paths.staff.approvals(person.id)}>
            {t('approvals.give')}
          </a>
        </p>
      )}
    </section>
  )
}
