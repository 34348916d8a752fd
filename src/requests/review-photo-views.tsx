import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import { isPicture, type PhotoType } from './photo-format.ts'

export type ReviewPhoto = {
  id: number
  mediaType: PhotoType
  bytes: number
  destroyAfter: Date
  destroyedAt: Date | null
}

type PhotoOnReviewProps = {
  t: Translate
  requestId: number
  /** What the document is called. */
  title: 'requests.photo' | 'recertification.document'
  photo: ReviewPhoto | null
  isOpen: boolean
  mayView: boolean
}

/** The photo, for those who may see it, while there is something to decide by it. */
export function PhotoOnReview({ t, requestId, title, photo, isOpen, mayView }: PhotoOnReviewProps) {
  return (
    <section class="stack" aria-labelledby="photo">
      <h2 id="photo">{t(title)}</h2>
      {photo === null && <p>{t('requests.photo.none')}</p>}
      {photo?.destroyedAt && (
        <p>
          {t('requests.photo.destroyed')} <Instant t={t} at={photo.destroyedAt} />.{' '}
          {isOpen && t('requests.review.photo.too-old')}
        </p>
      )}
      {photo && !photo.destroyedAt && !mayView && <p>{t('requests.review.photo.for-reviewers')}</p>}
      {photo && !photo.destroyedAt && mayView && isOpen && (
        <>
          <p>
            {t('requests.review.photo.until')} <Instant t={t} at={photo.destroyAfter} />.{' '}
            {t('requests.review.photo.audited')}
          </p>
          <ShownPhoto t={t} title={title} href={paths.staff.requestFile(requestId, photo.id)} photo={photo} />
        </>
      )}
    </section>
  )
}

/** Browsers show JPEG and PNG; the others are opened from the disk, far from our pages. */
type ShownPhotoProps = Pick<PhotoOnReviewProps, 't' | 'title'> & { href: string; photo: ReviewPhoto }

function ShownPhoto({ t, title, href, photo }: ShownPhotoProps) {
  if (isPicture(photo.mediaType))
    return <img src={href} alt={t('requests.review.photo.alt', { what: t(title) })} />
  const type = photo.mediaType === 'application/pdf' ? 'PDF' : 'HEIC'
  const size = new Intl.NumberFormat(t.locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return (
    <p>
      <a href={href}>
        {t('requests.review.photo.download', { type, size: size.format(photo.bytes / 1000) })}
      </a>
    </p>
  )
}
