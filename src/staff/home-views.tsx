import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Permission } from './permissions.ts'

type OpenRequests = { open: number; overTwoDays: number; oldestAt: number | null; doubted: number }
type WaitingDeliveries = { deliveries: number; rows: number; lateResults: number }
type OwnSignIn = { at: number; method: string; device: string }

const METHODS = ['passkey', 'totp', 'recovery_code'] as const

type StaffHomeProps = {
  chrome: StaffChrome
  may: readonly Permission[]
  /** Null for who may not see requests. */
  requests: OpenRequests | null
  /** Null for who may not see deliveries. */
  waiting: WaitingDeliveries | null
  /** Acts on many certifications, and changes of the program, that wait for a second person. */
  proposals: number
  changes: number
  /** Changes that are done, and whose mails wait to be let go. */
  heldRuns: number
  signIns: readonly OwnSignIn[]
}

export function StaffHomePage(props: StaffHomeProps) {
  const { chrome, may, requests, waiting, signIns } = props
  const { t, staff } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.home.title')}>
      <div class="head">
        <h1>{t('staff.home.title')}</h1>
        <p>{t('staff.signed-in-as', { name: staff!.name, role: staff!.role })}</p>
      </div>
      {requests && <Waiting t={t} requests={requests} />}
      {waiting && <FromVendors t={t} waiting={waiting} />}
      <ToDecide t={t} {...props} />
      <section class="stack">
        <h2>{t('staff.home.may')}</h2>
        {may.length === 0 ? (
          <p>{t('staff.home.may-nothing')}</p>
        ) : (
          <ul class="bullets">
            {may.map((permission) => (
              <li>{t(`staff.may.${permission}`)}</li>
            ))}
          </ul>
        )}
      </section>
      {signIns.length > 0 && <SignIns t={t} signIns={signIns} />}
    </StaffPage>
  )
}

function Waiting({ t, requests }: { t: Translate; requests: OpenRequests }) {
  const { open, overTwoDays, oldestAt, doubted } = requests
  return (
    <section class="stack">
      <h2>{t('staff.home.requests')}</h2>
      <p>
        <a href={paths.staff.requests}>{t.plural('staff.home.open', open)}</a>
        {oldestAt !== null && (
          <>
            {'. '}
            {t.plural('staff.home.over-two-days', overTwoDays)} {t('staff.home.oldest')}{' '}
            <Instant t={t} at={new Date(oldestAt)} />
          </>
        )}
      </p>
      {doubted > 0 && (
        <p>
          <a href={paths.staff.doubtedCourses}>{t('staff.home.doubted', { count: doubted })}</a>
        </p>
      )}
    </section>
  )
}

/** What vendors delivered and somebody ought to see to. */
function FromVendors({ t, waiting }: { t: Translate; waiting: WaitingDeliveries }) {
  const { deliveries, rows, lateResults } = waiting
  return (
    <section class="stack">
      <h2>{t('staff.home.vendors')}</h2>
      <ul class="bullets">
        <li>
          <a href={`${paths.staff.deliveries}?state=attention`}>
            {t('staff.home.deliveries', { count: countOf(t, deliveries) })}
          </a>
        </li>
        <li>
          <a href={paths.staff.quarantine}>{t('staff.home.rows', { count: countOf(t, rows) })}</a>
        </li>
        <li>
          <a href={paths.staff.lateResults}>
            {t('staff.home.late-results', { count: countOf(t, lateResults) })}
          </a>
        </li>
      </ul>
    </section>
  )
}

function ToDecide({
  t,
  proposals,
  changes,
  heldRuns,
}: { t: Translate } & Pick<StaffHomeProps, 'proposals' | 'changes' | 'heldRuns'>) {
  if (proposals + changes + heldRuns === 0) return null
  return (
    <section class="stack">
      <h2>{t('staff.home.to-decide')}</h2>
      <ul class="bullets">
        {proposals > 0 && (
          <li>
            <a href={paths.staff.acts}>{t('staff.home.proposals', { count: proposals })}</a>
          </li>
        )}
        {changes > 0 && (
          <li>
            <a href={paths.staff.program}>{t('staff.home.changes', { count: changes })}</a>
          </li>
        )}
        {heldRuns > 0 && (
          <li>
            <a href={paths.staff.program}>{t('staff.home.held-runs', { count: heldRuns })}</a>
          </li>
        )}
      </ul>
    </section>
  )
}

const MOST_TOLD = 1000

function countOf(t: Translate, count: number): string {
  const told = new Intl.NumberFormat(t.locale).format(Math.min(count, MOST_TOLD))
  return count > MOST_TOLD ? t('staff.home.more-than', { count: told }) : told
}

function SignIns({ t, signIns }: { t: Translate; signIns: readonly OwnSignIn[] }) {
  return (
    <section class="stack">
      <h2>{t('staff.home.sign-ins')}</h2>
      <p>{t('staff.home.sign-ins-why')}</p>
      <table class="records">
        <caption>{t.plural('staff.home.sign-ins-count', signIns.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('staff.home.when')}</th>
            <th scope="col">{t('staff.home.method')}</th>
            <th scope="col">{t('staff.security.device')}</th>
          </tr>
        </thead>
        <tbody>
          {signIns.map(({ at, method, device }) => (
            <tr>
              <th scope="row">
                <Instant t={t} at={new Date(at)} />
              </th>
              <td data-label={t('staff.home.method')}>{methodText(t, method)}</td>
              <td data-label={t('staff.security.device')}>{device || t('staff.security.unknown-device')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function methodText(t: Translate, method: string): string {
  const known = METHODS.find((name) => name === method)
  return known ? t(`staff.home.method.${known}`) : method
}
