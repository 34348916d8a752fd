import type { Translate } from '../i18n/messages.ts'
import { Checkbox, type FieldErrors, Textarea } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type Approval, REASON_LIMIT } from './decision.ts'
import type { ClaimFor } from './request.ts'

type DecisionFormsProps = {
  t: Translate
  requestId: number
  kind: ClaimFor['kind']
  approval: Approval
  /** The last message on the page; 0 where there is none. */
  seen: number
  typedReason: string
  errors: FieldErrors | undefined
}

/** One form for each way to decide, so that neither is sent by mistake for the other. */
export function DecisionForms({
  t,
  requestId,
  kind,
  approval,
  seen,
  typedReason,
  errors,
}: DecisionFormsProps) {
  const action = paths.staff.request(requestId)
  return (
    <>
      <section class="stack" aria-labelledby="approve">
        <h2 id="approve">{t('requests.decide.approve')}</h2>
        <p>{t(`requests.decide.follows.${kind}`)}</p>
        {approval === 'impossible' ? (
          <p>{t('requests.decide.no-photo')}</p>
        ) : (
          <form class="form" method="post" action={action} novalidate>
            <input type="hidden" name="decision" value="approve" />
            <input type="hidden" name="seen" value={String(seen)} />
            {approval === 'document' && (
              <Checkbox name="shown" label={t(`requests.decide.shown.${shownOf(kind)}`)} checked={false} />
            )}
            {approval === 'click' && kind === 'name_change' && <p>{t('requests.decide.simple')}</p>}
            <div>
              <button class="button" type="submit">
                {t(`requests.decide.approve.${kind}`)}
              </button>
            </div>
          </form>
        )}
      </section>
      <section class="stack" aria-labelledby="refuse">
        <h2 id="refuse">{t('requests.decide.refuse')}</h2>
        <form class="form" method="post" action={action} novalidate>
          <input type="hidden" name="decision" value="refuse" />
          <input type="hidden" name="seen" value={String(seen)} />
          <Textarea
            t={t}
            name="reason"
            label={t('requests.reason')}
            hint={t('requests.decide.reason.hint')}
            value={typedReason}
            maxlength={REASON_LIMIT}
            errors={errors}
          />
          <div>
            <button class="button button--danger" type="submit">
              {t('requests.decide.refuse.submit')}
            </button>
          </div>
        </form>
      </section>
    </>
  )
}

/** What the reviewer says that the document shows. */
function shownOf(kind: ClaimFor['kind']): 'name' | 'holder' | 'course' {
  if (kind === 'course_completion') return 'course'
  return kind === 'name_change' ? 'name' : 'holder'
}
