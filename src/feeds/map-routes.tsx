import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { type ColumnMap, FeedSettings } from '../import/feed-settings.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { changeFeed } from './change-queries.ts'
import { guessedChoice, KindField, movedUp, patternFor } from './column-map.ts'
import { FEED, requireFeed, typedVersion, whoOf } from './feed-path.ts'
import { mapColumns } from './map-columns-routes.tsx'
import { MapColumnsPage } from './map-columns-views.tsx'
import { type MapForm, MapSamplePage } from './map-sample-views.tsx'
import { openMapped } from './mapped-sample.ts'
import type { SetFeed } from './queries.ts'
import { readSampleFile, withinSampleLimit } from './sample-form.ts'
import { deleteSample, keepSample } from './samples.ts'

const MAP = `${FEED}/map`
const ONE_MAP = `${FEED}/maps/:number{[1-9][0-9]?}`
const NEW_MAP: MapForm = { number: '', name: '', files: '', kind: 'result' }

/** Column maps: made from a sample in three steps, put in order, removed. */
export const mapPages = new Hono<StaffEnv>()
  .get(MAP, requirePermission('feeds.change'), async (c) => {
    const feed = await requireFeed(c)
    const number = c.req.query('number') ?? ''
    const map = mapAt(feed, number)
    if (number !== '' && !map) throw new HTTPException(404)
    const form = map ? { number, name: map.name, files: map.files, kind: map.kind } : NEW_MAP
    return render(c, <MapSamplePage chrome={staffChromeOf(c)} feed={feed} form={form} />)
  })

  .post(MAP, requirePermission('feeds.change'), withinSampleLimit(refuseUnread), async (c) => {
    const feed = await requireFeed(c)
    const fields = await readFormFields(c)
    const step = typedText(fields, 'step')
    return step === 'trial' || step === 'save'
      ? mapColumns(c, feed, fields, step)
      : takeSample(c, feed, fields)
  })

  .post(`${ONE_MAP}/up`, requirePermission('feeds.change'), withinFormLimit, (c) =>
    changeMaps(c, 'map-moved', movedUp),
  )

  .post(`${ONE_MAP}/removal`, requirePermission('feeds.change'), withinFormLimit, (c) =>
    changeMaps(c, 'map-removed', (maps, at) => maps.toSpliced(at, 1)),
  )

/** Keeps the sample for the steps to come, and shows its columns. */
async function takeSample(c: Context<StaffEnv>, feed: SetFeed, fields: FormFields) {
  const chrome = staffChromeOf(c)
  const form = typedForm(feed, fields)
  const again = (errors: FieldErrors) =>
    render(c, <MapSamplePage chrome={chrome} feed={feed} form={form} errors={errors} />, 422)
  const kind = v.safeParse(KindField, form.kind)
  const file = readSampleFile(fields)
  if (!kind.success || !file.ok)
    return again({
      ...(!file.ok && { sample: [file.refusal] }),
      ...(!kind.success && { kind: ['feeds.map.kind.missing'] }),
    })

  const sample = await keepSample(c.env.BUCKET, file.value, { staffId: c.var.staff.staffId, feed: feed.id })
  const opened = await openMapped(c.env.BUCKET, feed, sample, { files: form.files })
  if (!opened.ok) {
    await deleteSample(c.env.BUCKET, sample)
    return again(opened.refusal)
  }
  const { shown } = opened.value
  const files = form.files || patternFor(shown.file)
  const filled = { ...form, kind: kind.output, files, name: form.name || files.slice(0, 60) }
  const choice = guessedChoice(kind.output, shown.names, mapAt(feed, form.number))
  return render(c, <MapColumnsPage chrome={chrome} feed={feed} form={filled} table={shown} choice={choice} />)
}

function typedForm(feed: SetFeed, fields: FormFields): MapForm {
  const number = typedText(fields, 'number')
  const map = mapAt(feed, number)
  return {
    number: map ? number : '',
    name: map?.name ?? '',
    files: typedText(fields, 'files').trim(),
    kind: typedText(fields, 'kind'),
  }
}

/** The map of this number, counted from 1. */
function mapAt({ maps }: SetFeed, number: string): ColumnMap | null {
  return /^[1-9]\d?$/.test(number) ? (maps[Number(number) - 1] ?? null) : null
}

async function changeMaps(
  c: Context<StaffEnv>,
  notice: 'map-moved' | 'map-removed',
  change: (maps: readonly ColumnMap[], at: number) => ColumnMap[],
) {
  const feed = await requireFeed(c)
  const at = Number(c.req.param('number')) - 1
  if (!feed.maps[at]) throw new HTTPException(404)
  const seen = { id: feed.id, version: typedVersion(typedText(await readFormFields(c), 'version')) }
  const settings = v.parse(FeedSettings, { ...feed.stored, maps: change(feed.maps, at) })
  const isDone = await changeFeed(c.var.db, seen, { settings }, whoOf(c))
  return c.redirect(`${paths.staff.feed(feed.id)}?${isDone ? notice : 'late'}`, 303)
}

async function refuseUnread(c: Context<StaffEnv>) {
  const feed = await requireFeed(c)
  const errors = { sample: ['feeds.sample.large'] }
  const status: ContentfulStatusCode = 422
  return render(
    c,
    <MapSamplePage chrome={staffChromeOf(c)} feed={feed} form={NEW_MAP} errors={errors} />,
    status,
  )
}
