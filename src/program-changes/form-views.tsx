import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { Checkbox, ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { ProgramFault } from '../program/program.ts'
import type { EditKind, Typed } from './edits.ts'
import type { Standing } from './head-queries.ts'
import type { Head } from './read-change.ts'

export type ChangeFormProps = {
  chrome: StaffChrome
  kind: EditKind
  head: Head
  /** The versions among which one can be chosen. */
  standing: readonly Standing[]
  typed: Typed
  submission: string
  /** Where the form goes, and the way back. */
  action: string
  back: string
  /** The version of a draft that is edited. */
  version?: number
  /** Whether another version has come since the draft was written. */
  isOutdated?: boolean
  errors?: FieldErrors
  faults?: readonly ProgramFault[]
}

/** A change of one kind; what would contradict itself is named, fault by fault with its place. */
export function ChangeFormPage(props: ChangeFormProps) {
  const { chrome, kind, head, standing, typed, submission, action, back, version, errors } = props
  const { faults = [], isOutdated = false } = props
  const { t } = chrome
  const title = t(`program.kind.${kind}`)
  const isRefused = errors !== undefined || faults.length > 0
  return (
    <StaffPage chrome={chrome} title={title} section="program" failed={isRefused}>
      <ErrorSummary t={t} errors={errors} />
      {faults.length > 0 && <Faults t={t} faults={faults} />}
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t(`program.kind.${kind}.what`)} {t('program.save.hint')}
        </p>
      </div>
      {isOutdated && (
        <p class="notice notice--bad">{t('program.form.outdated', { version: head.version })}</p>
      )}
      {standing.length > 1 && <OtherVersions {...{ t, kind, head, standing }} />}
      <form class="form" method="post" action={action}>
        <input type="hidden" name="submission" value={submission} />
        <input type="hidden" name="base" value={String(head.version)} />
        {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
        <Input
          {...{ t, errors }}
          name="title"
          label={t('program.field.title')}
          hint={t('program.field.title.hint')}
          value={typed.title}
          maxlength={200}
          dir="auto"
        />
        <Fields {...{ t, kind, head, typed, errors }} />
        <EffectiveFields {...{ t, head, typed, errors }} />
        <div class="actions">
          <button class="button" type="submit">
            {t('program.save')}
          </button>
          <a href={back}>{t('common.cancel')}</a>
        </div>
      </form>
    </StaffPage>
  )
}

type OthersProps = Pick<ChangeFormProps, 'kind' | 'head' | 'standing'> & { t: Translate }

/** Which version is changed, and the way to the same form for another one. */
function OtherVersions({ t, kind, head: { version, nextOn }, standing }: OthersProps) {
  const name = ({ version, effectiveOn, isInForce }: Standing) => {
    if (isInForce) return t('program.field.of.in-force', { version })
    if (effectiveOn === null) return t('program.field.of.beginning', { version })
    return t('program.field.of.from', { version, date: formatDate(t, effectiveOn) })
  }
  return (
    <section class="stack" aria-labelledby="others">
      <p>
        {nextOn === null
          ? t('program.field.of', { version })
          : t('program.field.of.until', { version, date: formatDate(t, nextOn) })}
      </p>
      <h2 id="others">{t('program.field.of.others')}</h2>
      <ul>
        {standing
          .filter((one) => one.version !== version)
          .map((one) => (
            <li>
              <a href={`${paths.staff.newProgramChange(kind)}?of=${one.version}`}>{name(one)}</a>
            </li>
          ))}
      </ul>
    </section>
  )
}

function Faults({ t, faults }: { t: Translate; faults: readonly ProgramFault[] }) {
  return (
    <div class="error-summary" role="alert">
      <h2>{t('program.faults')}</h2>
      <ul>
        {faults.map(({ path, message }) => (
          <li>
            <code>{path === '' ? t('program.faults.whole') : path}</code>: {message}
          </li>
        ))}
      </ul>
    </div>
  )
}

type FieldsProps = { t: Translate; head: Head; typed: Typed; errors: FieldErrors | undefined }

function EffectiveFields({ t, head: { version, effectiveOn }, typed, errors }: FieldsProps) {
  const asItIs =
    effectiveOn === null
      ? t('program.field.effective.as-it-is.beginning', { version })
      : t('program.field.effective.as-it-is', { version, date: formatDate(t, effectiveOn) })
  return (
    <fieldset class={errors?.effective ? 'form__group field--invalid' : 'form__group'} id="effective">
      <legend>{t('program.field.effective')}</legend>
      {errors?.effective && <p class="field__error">{t('program.field.effective.missing')}</p>}
      <Choice name="as-it-is" text={asItIs} isChosen={typed.effective === 'as-it-is'} />
      <Choice name="from" text={t('program.field.effective.from')} isChosen={typed.effective === 'from'} />
      <Input
        {...{ t, errors }}
        name="effectiveOn"
        label={t('program.field.effectiveOn')}
        type="date"
        value={typed.effectiveOn}
      />
    </fieldset>
  )
}

function Choice({ name, text, isChosen }: { name: string; text: string; isChosen: boolean }) {
  return (
    <div class="check">
      <input id={`effective-${name}`} name="effective" type="radio" value={name} checked={isChosen} />
      <label for={`effective-${name}`}>{text}</label>
    </div>
  )
}

function Fields({ kind, ...props }: FieldsProps & { kind: EditKind }) {
  switch (kind) {
    case 'extension':
      return <ExtensionFields {...props} />
    case 'renewal':
      return <RenewalFields {...props} />
    case 'code':
      return <CodeFields {...props} />
    case 'course':
      return <CourseFields {...props} />
    case 'document':
      return <DocumentField {...props} />
  }
}

function ExtensionFields({ t, head: { document }, typed, errors }: FieldsProps) {
  const choose = (name: 'level' | 'track' | 'certification', parts: readonly { code: string }[]) => (
    <Select
      {...{ t, errors }}
      name={name}
      label={t(`program.field.${name}`)}
      value={typed[name] ?? ''}
      options={[
        { value: '', text: t('program.field.any') },
        ...parts.map(({ code }) => ({ value: code, text: code })),
      ]}
    />
  )
  return (
    <>
      {(['expiresFrom', 'expiresUntil'] as const).map((name) => (
        <Input
          {...{ t, errors }}
          name={name}
          label={t(`program.field.${name}`)}
          type="date"
          value={typed[name]}
        />
      ))}
      <Input
        {...{ t, errors }}
        name="months"
        label={t('program.field.months')}
        value={typed.months}
        inputmode="numeric"
      />
      {choose('level', document.levels)}
      {choose('track', document.tracks)}
      {choose('certification', document.certifications)}
    </>
  )
}

function RenewalFields({ t, typed, errors }: FieldsProps) {
  return (
    <>
      {(['awardValidityMonths', 'renewalMonths', 'graceDays'] as const).map((name) => (
        <Input
          {...{ t, errors }}
          name={name}
          label={t(`program.field.${name}`)}
          hint={name === 'awardValidityMonths' ? t('program.field.awardValidityMonths.hint') : undefined}
          value={typed[name]}
          inputmode="numeric"
        />
      ))}
      {(['notTwiceInARow', 'submittedBeforeExpiry'] as const).map((name) => (
        <Checkbox name={name} label={t(`program.field.${name}`)} checked={typed[name] === 'on'} />
      ))}
    </>
  )
}

function CodeFields({ t, head: { document }, typed, errors }: FieldsProps) {
  return (
    <>
      <Select
        {...{ t, errors }}
        name="exam"
        label={t('program.field.exam')}
        value={typed.exam ?? ''}
        options={[
          { value: '', text: '' },
          ...document.exams.map(({ code, codes }) => ({
            value: code,
            text: `${code} (${codes.at(-1)?.code})`,
          })),
        ]}
      />
      <Input
        {...{ t, errors }}
        name="newCode"
        label={t('program.field.newCode')}
        value={typed.newCode}
        maxlength={50}
      />
      <Input {...{ t, errors }} name="from" label={t('program.field.from')} type="date" value={typed.from} />
    </>
  )
}

const DIRECTIONS = ['same-level', 'going-up'] as const

function CourseFields({ t, typed, errors }: FieldsProps) {
  return (
    <>
      <Input
        {...{ t, errors }}
        name="course"
        label={t('program.field.course')}
        value={typed.course}
        maxlength={50}
      />
      <Input
        {...{ t, errors }}
        name="courseName"
        label={t('program.field.courseName')}
        value={typed.courseName}
        maxlength={200}
        optional
        dir="auto"
      />
      <Input
        {...{ t, errors }}
        name="renews"
        label={t('program.field.renews')}
        hint={t('program.field.renews.hint')}
        value={typed.renews}
      />
      <Select
        {...{ t, errors }}
        name="direction"
        label={t('program.field.direction')}
        value={typed.direction ?? ''}
        options={[
          { value: '', text: '' },
          ...DIRECTIONS.map((one) => ({ value: one, text: t(`program.field.direction.${one}`) })),
        ]}
      />
    </>
  )
}

function DocumentField({ t, typed, errors }: FieldsProps) {
  return (
    <Textarea
      {...{ t, errors }}
      name="document"
      label={t('program.field.document')}
      value={typed.document}
      rows={30}
    />
  )
}
