import type { Translate } from '../i18n/messages.ts'
import { type FieldErrors, Input } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'

type AccountFieldProps = { t: Translate; program: Program; value?: string; errors?: FieldErrors | undefined }

/** One field for either name of an account. */
export function AccountField({ t, program, value, errors }: AccountFieldProps) {
  return (
    <Input
      t={t}
      name="account"
      label={t('sign-in.account')}
      hint={t('sign-in.account.hint', { example: exampleId(program) })}
      value={value}
      errors={errors}
      autocomplete="username"
      dir="auto"
      required
    />
  )
}

/** What a candidate ID of this program looks like. */
export function exampleId({ settings }: Program): string {
  return settings.candidateIdPrefix + '12345'.padStart(settings.candidateIdDigits, '0')
}

type Door = 'sign-in' | 'first-sign-in' | 'forgotten' | 'lost-address' | 'verify'

/** The other ways in, on every page that has no menu to offer them. */
export function Doors({ t, to }: { t: Translate; to: readonly Door[] }) {
  const doors: Record<Door, { href: string; text: string }> = {
    'sign-in': { href: paths.signIn, text: t('sign-in.door.sign-in') },
    'first-sign-in': { href: paths.firstSignIn, text: t('sign-in.door.first') },
    forgotten: { href: paths.forgotten, text: t('sign-in.door.forgotten') },
    'lost-address': { href: paths.lostAddress, text: t('recovery.door') },
    verify: { href: paths.verify, text: t('sign-in.door.verify') },
  }
  return (
    <div class="doors">
      {to.map((door) => (
        <a href={doors[door].href}>{doors[door].text}</a>
      ))}
    </div>
  )
}
