import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { kinds } from './choices.ts'
import type { SetFeed } from './queries.ts'

/** Which map is made: `number` is that of one that is there already, '' for a new one. */
export type MapForm = { number: string; name: string; files: string; kind: string }

export type MapPageProps = { chrome: StaffChrome; feed: SetFeed; form: MapForm; errors?: FieldErrors }

/** The first step: a sample, and what it is a sample of. */
export function MapSamplePage({ chrome, feed, form, errors }: MapPageProps) {
  const { t } = chrome
  const title = mapTitle(t, feed, form)
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>{t(form.number === '' ? 'feeds.map.intro' : 'feeds.map.edit-intro')}</p>
      </div>
      <form class="form" method="post" action={paths.staff.feedMap(feed.id)} enctype="multipart/form-data">
        <input type="hidden" name="number" value={form.number} />
        <Input
          {...{ t, errors }}
          name="sample"
          type="file"
          label={t('feeds.sample')}
          hint={t('feeds.sample.hint')}
        />
        <Select
          {...{ t, errors }}
          name="kind"
          label={t('feeds.map.kind')}
          value={form.kind}
          options={kinds.map((kind) => ({ value: kind, text: t(`feeds.kind.${kind}`) }))}
        />
        <Input
          {...{ t, errors }}
          name="files"
          label={t('feeds.map.files')}
          hint={t('feeds.map.files-hint')}
          value={form.files}
          maxlength={200}
          dir="auto"
          optional
        />
        <div>
          <button class="button" type="submit" name="step" value="sample">
            {t('feeds.map.upload')}
          </button>
        </div>
      </form>
      <p>
        <a href={paths.staff.feed(feed.id)}>{t('feeds.back')}</a>
      </p>
    </StaffPage>
  )
}

export function mapTitle(t: Translate, feed: SetFeed, { number, name }: MapForm): string {
  return number === '' ? t('feeds.map.title', { name: feed.name }) : t('feeds.map.edit-title', { map: name })
}
