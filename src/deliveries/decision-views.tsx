import type { FieldErrors } from '../layout/form.tsx'
import type { StaffChrome } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { DeliveryFacts } from './delivery-detail.ts'
import { type DeliveryStanding, isUnderWay, wantsLook } from './delivery-standing.ts'

type DecisionsProps = {
  chrome: StaffChrome
  delivery: DeliveryFacts
  standing: DeliveryStanding
  errors: FieldErrors | undefined
}

/** What whoever may run imports can do about this one now, and the file for whoever may have it. */
export function Decisions({ chrome, delivery, standing, errors }: DecisionsProps) {
  const { t, staff } = chrome
  const { id, run, rawDeletedAt } = delivery
  const mayRun = staff?.may.includes('deliveries.run') ?? false
  const mayDownload = staff?.may.includes('deliveries.download') ?? false
  const isGone = rawDeletedAt !== null
  if (!mayRun && wantsLook(standing)) return <p>{t('deliveries.for-reviewers')}</p>
  return (
    <>
      {mayRun && !isGone && standing === 'stopped' && (
        <form class="form" method="post" action={paths.staff.deliveryRun(id)}>
          <input type="hidden" name="run" value={run} />
          <input type="hidden" name="decision" value="let-through" />
          {errors?.sure && (
            <p id="sure-error" class="field__error">
              {t('deliveries.let-through.sure.missing')}
            </p>
          )}
          <div class="check">
            <input
              id="sure"
              name="sure"
              type="checkbox"
              {...(errors?.sure && { 'aria-describedby': 'sure-error', 'aria-invalid': 'true' as const })}
            />
            <label for="sure">{t('deliveries.let-through.sure')}</label>
          </div>
          <p>
            <button class="button" type="submit">
              {t('deliveries.let-through')}
            </button>
          </p>
        </form>
      )}
      <div class="actions">
        {mayRun && !isGone && !isUnderWay(standing) && (
          <form method="post" action={paths.staff.deliveryRun(id)}>
            <input type="hidden" name="run" value={run} />
            <input type="hidden" name="decision" value="again" />
            <button class="button button--quiet" type="submit">
              {t(standing === 'stopped' ? 'deliveries.again.stopped' : 'deliveries.again')}
            </button>
          </form>
        )}
        {mayRun && wantsLook(standing) && (
          <form method="post" action={paths.staff.deliverySetAside(id)}>
            <input type="hidden" name="run" value={run} />
            <button class="button button--quiet" type="submit">
              {t(standing === 'partial' ? 'deliveries.mark-seen' : 'deliveries.set-aside')}
            </button>
          </form>
        )}
        {mayDownload && !isGone && (
          <a class="button button--quiet" href={paths.staff.deliveryFile(id)}>
            {t('deliveries.download')}
          </a>
        )}
      </div>
    </>
  )
}
