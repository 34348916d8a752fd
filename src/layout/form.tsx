import type { Child } from 'hono/jsx'
import type { MessageKey, Translate } from '../i18n/messages.ts'

/** The refused fields of a form, by name, each with the keys of what is wrong with it. */
export type FieldErrors = Partial<Record<string, readonly string[]>>

/** Lists what was refused, each line leading to its field; focused by app.js when the page opens. */
export function ErrorSummary({ t, errors }: { t: Translate; errors: FieldErrors | undefined }) {
  const refused = Object.entries(errors ?? {}).filter(([, keys]) => keys && keys.length > 0)
  if (refused.length === 0) return null
  return (
    <div class="error-summary" tabindex={-1} data-focus>
      <div role="alert">
        <h2>{t('common.error-summary')}</h2>
        <ul>
          {refused.map(([name, keys]) => (
            <li>
              <a href={`#${name}`}>{messageOf(t, keys![0]!)}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

type FieldProps = {
  t: Translate
  name: string
  label: string
  hint?: string | undefined
  optional?: boolean
  errors?: FieldErrors | undefined
}

type InputProps = FieldProps & {
  type?: 'text' | 'email' | 'password' | 'date' | 'tel' | 'file'
  value?: string | undefined
  autocomplete?: string
  maxlength?: number
  inputmode?: 'text' | 'numeric' | 'email' | 'tel'
  required?: boolean
  min?: string
  max?: string
  /** The types of a file, as its picker offers them. */
  accept?: string
  multiple?: boolean
  dir?: 'auto'
}

/** A labelled input whose hint and error are tied to it for screen readers. */
export function Input({
  t,
  name,
  label,
  hint,
  optional,
  errors,
  type = 'text',
  value,
  ...attributes
}: InputProps) {
  return (
    <Field {...{ t, name, label, hint, optional, errors }}>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        {...attributes}
        {...describedBy(name, hint, errors)}
      />
    </Field>
  )
}

type TextareaProps = FieldProps & { value?: string | undefined; rows?: number; maxlength?: number }

export function Textarea({
  t,
  name,
  label,
  hint,
  optional,
  errors,
  value,
  rows = 4,
  maxlength,
}: TextareaProps) {
  return (
    <Field {...{ t, name, label, hint, optional, errors }}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxlength={maxlength}
        dir="auto"
        {...describedBy(name, hint, errors)}
      >
        {value ?? ''}
      </textarea>
    </Field>
  )
}

type SelectProps = FieldProps & {
  value?: string | undefined
  options: readonly { value: string; text: string }[]
  autocomplete?: string
}

export function Select({
  t,
  name,
  label,
  hint,
  optional,
  errors,
  value,
  options,
  autocomplete,
}: SelectProps) {
  return (
    <Field {...{ t, name, label, hint, optional, errors }}>
      <select id={name} name={name} autocomplete={autocomplete} {...describedBy(name, hint, errors)}>
        {options.map((option) => (
          // An option without a value is worth its text; long lists are half as long without.
          <option
            value={option.value === option.text ? undefined : option.value}
            selected={option.value === value}
          >
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  )
}

type CheckboxProps = { name: string; label: string; hint?: string; checked: boolean }

/** A box to tick. What is ticked is sent as `on`, what is not is not sent. */
export function Checkbox({ name, label, hint, checked }: CheckboxProps) {
  return (
    <div class="check">
      <input
        id={name}
        name={name}
        type="checkbox"
        checked={checked}
        {...(hint && { 'aria-describedby': `${name}-hint` })}
      />
      <label for={name}>{label}</label>
      {hint && (
        <span id={`${name}-hint`} class="soft">
          {hint}
        </span>
      )}
    </div>
  )
}

function Field({
  t,
  name,
  label,
  hint,
  optional,
  errors,
  children,
}: Omit<FieldProps, 'optional'> & { optional?: boolean | undefined; children: Child }) {
  const wrong = errors?.[name]
  return (
    <div class={wrong ? 'field field--invalid' : 'field'}>
      <label for={name}>
        {label} {optional && <span class="field__optional">{t('common.optional')}</span>}
      </label>
      {hint && (
        <p id={`${name}-hint`} class="field__hint">
          {hint}
        </p>
      )}
      {wrong && (
        <p id={`${name}-error`} class="field__error">
          {messageOf(t, wrong[0]!)}
        </p>
      )}
      {children}
    </div>
  )
}

/** Attributes that tie a control to its hint and error. */
function describedBy(name: string, hint: string | undefined, errors: FieldErrors | undefined) {
  const ids = [hint && `${name}-hint`, errors?.[name] && `${name}-error`].filter(Boolean)
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(errors?.[name] && { 'aria-invalid': 'true' as const }),
  }
}

/** Form schemas carry message keys; none of those takes a value. */
function messageOf(t: Translate, key: string): string {
  return t(key as MessageKey & 'common.save')
}
