import type { Translate } from '../i18n/messages.ts'
import { Checkbox, type FieldErrors, Input } from '../layout/form.tsx'
import type { SettingValues } from './settings-form.ts'

export type GroupProps = { t: Translate; values: SettingValues; errors: FieldErrors | undefined }

type TextName = 'name' | 'timeZone' | 'fileName' | 'fileNameZone' | 'keptDays' | NumberName
type NumberName = 'unmatchedShare' | 'failingShare' | 'missingFromBulkShare' | 'fewestRows'

/** One line of text. */
export function Text({
  t,
  values,
  errors,
  name,
  label,
  hint,
}: GroupProps & { name: TextName; label?: string; hint?: string }) {
  const shown = label ?? t(`feeds.set.${name as Exclude<TextName, 'name'>}`)
  return <Input {...{ t, errors, name, hint }} label={shown} value={values[name]} dir="auto" />
}

/** One box to tick. */
export function Tick({
  t,
  values,
  name,
}: GroupProps & { name: 'createsCandidates' | 'stripsZeros' | 'emptyIsUnusual' }) {
  return (
    <Checkbox
      name={name}
      label={t(`feeds.set.${name}`)}
      hint={t(`feeds.set.${name}-hint`)}
      checked={values[name]}
    />
  )
}
