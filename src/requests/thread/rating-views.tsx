import type { Translate } from '../../i18n/messages.ts'
import { Textarea } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import { COMMENT_LIMIT } from './message-form.ts'

export type Rated = { id: number; helped: boolean | null; helpedComment: string | null }

/** Asked once, when it is over: whether it helped. */
export function Rating({ t, request: { id, helped, helpedComment } }: { t: Translate; request: Rated }) {
  return (
    <section class="stack" aria-labelledby="rating">
      <h2 id="rating">{t('thread.rating')}</h2>
      {helped === null ? (
        <form class="form" method="post" action={paths.requestRating(id)} novalidate>
          <Textarea
            t={t}
            name="comment"
            label={t('thread.rating.comment')}
            rows={2}
            maxlength={COMMENT_LIMIT}
            optional
          />
          <div class="actions">
            <button class="button button--quiet" type="submit" name="helped" value="yes">
              {t('thread.rating.yes')}
            </button>
            <button class="button button--quiet" type="submit" name="helped" value="no">
              {t('thread.rating.no')}
            </button>
          </div>
        </form>
      ) : (
        <>
          <p>{t(helped ? 'thread.rating.was-yes' : 'thread.rating.was-no')}</p>
          {helpedComment !== null && (
            <p class="remarks" dir="auto">
              {helpedComment}
            </p>
          )}
        </>
      )}
    </section>
  )
}
