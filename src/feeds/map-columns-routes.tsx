import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { type FormFields, typedText } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { matchesFileName } from '../import/columns.ts'
import { type ColumnMap, FeedSettings } from '../import/feed-settings.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { changeFeed } from './change-queries.ts'
import { KindField, mapFor, readMap, typedChoice, withMap } from './column-map.ts'
import { triedWith, typedVersion, whoOf } from './feed-path.ts'
import { MapColumnsPage } from './map-columns-views.tsx'
import { MapSamplePage } from './map-sample-views.tsx'
import { type MappedTable, openMapped } from './mapped-sample.ts'
import type { SetFeed } from './queries.ts'
import { deleteSample, findSample } from './samples.ts'
import { trySample } from './try-sample.ts'

type Typed = ReturnType<typeof typedColumns>

/** The second and third step of a column map: it is tried on the sample that was kept, and then saved. */
export async function mapColumns(
  c: Context<StaffEnv>,
  feed: SetFeed,
  fields: FormFields,
  step: 'trial' | 'save',
) {
  const form = typedColumns(feed, fields)
  const owner = { staffId: c.var.staff.staffId, feed: feed.id }
  const sample = await findSample(c.env.BUCKET, typedText(fields, 'sample'), owner, c.var.now)
  const kind = v.safeParse(KindField, form.kind)
  if (!sample || !kind.success) return renderGone(c, feed, form)
  const { files, member } = form
  const opened = await openMapped(c.env.BUCKET, feed, sample, { files, number: member })
  const named = opened.ok
    ? opened
    : await openMapped(c.env.BUCKET, feed, sample, { files: '', number: member })
  if (!named.ok) return renderGone(c, feed, form)

  const { shown } = named.value
  const choice = typedChoice(fields, shown.names)
  const page = (more: Partial<Parameters<typeof MapColumnsPage>[0]>, status: ContentfulStatusCode) => {
    const props = {
      chrome: staffChromeOf(c),
      feed,
      form: { ...form, kind: kind.output },
      table: shown,
      choice,
    }
    return render(c, <MapColumnsPage {...props} {...more} />, status)
  }
  const map = readMap({ name: form.name, files, kind: kind.output }, shown.names, choice)
  if (!map.ok || !opened.ok)
    return page({ errors: { ...(!map.ok && map.refusal), ...(!opened.ok && opened.refusal) } }, 422)

  if (step === 'save') {
    const saved = await saveMap(c, feed, form, map.value)
    if (typeof saved === 'object') return page({ errors: saved }, 422)
    if (!saved) return page({ isLate: true }, 409)
    await deleteSample(c.env.BUCKET, sample)
    return c.redirect(`${paths.staff.feed(feed.id)}?map-saved`, 303)
  }
  const tried = await trySample(triedWith(c, withTrial(feed, map.value, named.value)), sample)
  const isOtherName = !matchesFileName(map.value.files, shown.file)
  return page({ tried, shadowedBy: shadowOf(feed, form, shown.file), isOtherName }, 200)
}

function typedColumns(feed: SetFeed, fields: FormFields) {
  const [number, name, files, kind, member] = ['number', 'name', 'files', 'kind', 'member'].map((field) =>
    typedText(fields, field).trim(),
  ) as [string, string, string, string, string]
  const at = /^[1-9]\d?$/.test(number) && feed.maps[Number(number) - 1] ? Number(number) - 1 : null
  return {
    at,
    number: at === null ? '' : number,
    name,
    files,
    kind,
    member: /^\d{1,4}$/.test(member) ? Number(member) : 0,
    version: typedVersion(typedText(fields, 'version')),
  }
}

/** The feed as it would be with this map alone for the table that is mapped. */
function withTrial(feed: SetFeed, map: ColumnMap, { isAlone }: MappedTable): SetFeed {
  return { ...feed, maps: [isAlone ? { ...map, files: '*' } : map, ...feed.maps] }
}

/** The map that would count before this one for a file of this name. */
function shadowOf({ maps }: SetFeed, { at }: Typed, fileName: string): string | null {
  return mapFor(maps.slice(0, at ?? maps.length), fileName)?.name ?? null
}

/** Whether it was saved: false where the feed was changed since. Errors where it cannot be. */
async function saveMap(
  c: Context<StaffEnv>,
  feed: SetFeed,
  { at, version }: Typed,
  map: ColumnMap,
): Promise<boolean | FieldErrors> {
  const read = v.safeParse(FeedSettings, { ...feed.stored, maps: withMap(feed.maps, map, at) })
  if (!read.success) return { columns: ['feeds.long'] }
  return changeFeed(c.var.db, { id: feed.id, version }, { settings: read.output }, whoOf(c))
}

/** Whose sample it was, or that it ever was, nobody learns. */
function renderGone(c: Context<StaffEnv>, feed: SetFeed, form: Typed) {
  const errors = { sample: ['feeds.map.gone'] }
  return render(c, <MapSamplePage chrome={staffChromeOf(c)} feed={feed} form={form} errors={errors} />, 404)
}
