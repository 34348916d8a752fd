import type { Child } from 'hono/jsx'
import { Seal } from '../documents/seal.tsx'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { CertificationName } from './certification-name.tsx'
import type { CheckedAward } from './checked-award.ts'
import type { CheckedCertificate } from './checked-certificate.ts'
import { printedVerificationCode } from './verification-code.ts'

type CertificatePageProps = {
  chrome: Chrome
  program: Program
  certificate: CheckedCertificate
  /** Where the reader should be: copies of this page elsewhere prove nothing. */
  host: string
}

export function CertificatePage({ chrome, program, certificate, host }: CertificatePageProps) {
  const { t } = chrome
  const { award } = certificate
  return (
    <Page chrome={chrome} title={t('verification.certificate.title')} noindex bare>
      <article class="sheet">
        <header class="sheet__head">
          <Seal {...award.seal} muted={award.standing !== 'active'} size={56} />
          <div>
            <p class="soft">{program.name}</p>
            <h1>{t('verification.certificate.title')}</h1>
          </div>
        </header>
        <VerdictBox t={t} certificate={certificate} />
        <p class="sheet__holder" lang="" dir="auto">
          {certificate.holder}
        </p>
        <PrintedFacts t={t} program={program} certificate={certificate} />
        <footer class="fine">
          <p>{t('verification.compare')}</p>
          <p>
            <Sentence text={t('verification.host', { host: SLOT })}>
              <strong>{host}</strong>
            </Sentence>
          </p>
          <p>{program.disclaimer}</p>
          <p class="no-print">
            <a href={paths.verify}>{t('verification.another')}</a>
          </p>
        </footer>
      </article>
    </Page>
  )
}

const TONES = {
  active: 'verdict',
  expired: 'verdict verdict--warn',
  suspended: 'verdict verdict--warn',
  revoked: 'verdict verdict--bad',
  emeritus: 'verdict verdict--warn',
}

function VerdictBox({ t, certificate }: { t: Translate; certificate: CheckedCertificate }) {
  const { award, mergedFrom, checkedAt } = certificate
  return (
    <div class={TONES[award.standing]}>
      <strong class={`standing standing--${award.standing}`}>
        <span>
          <Headline t={t} award={award} />
        </span>
      </strong>
      <p>
        <Sentence text={t('verification.checked', { at: SLOT })}>
          <Instant t={t} at={checkedAt} />
        </Sentence>
      </p>
      {mergedFrom !== null && (
        <p>{t('verification.merged', { code: printedVerificationCode(mergedFrom) })}</p>
      )}
    </div>
  )
}

function Headline({ t, award }: { t: Translate; award: CheckedAward }) {
  const { standing, since, expiresOn } = award
  if (standing === 'active') return <>{t('verification.verdict.active')}</>
  const date = standing === 'expired' ? expiresOn : since
  return (
    <Sentence text={t(`verification.verdict.${standing}`, { date: SLOT })}>
      {date !== null && <DateOnly t={t} date={date} />}
    </Sentence>
  )
}

function PrintedFacts({
  t,
  program,
  certificate,
}: Omit<CertificatePageProps, 'chrome' | 'host'> & { t: Translate }) {
  const { award, number, verificationCode } = certificate
  return (
    <dl class="printed">
      <Fact name={t('verification.certification')}>
        <CertificationName name={award.name} code={award.code} />
      </Fact>
      <Fact name={t('verification.level')}>
        {award.level === null
          ? award.code
          : t('verification.level-and-code', { level: award.level, code: award.code })}
      </Fact>
      <Fact name={t('verification.standing')}>
        <StandingMark t={t} standing={award.standing} />
      </Fact>
      <Fact name={t('verification.awarded')}>
        <DateOnly t={t} date={award.awardedOn} />
      </Fact>
      <Fact name={t('verification.expires')}>
        {award.expiresOn === null ? t('verification.lasting') : <DateOnly t={t} date={award.expiresOn} />}
      </Fact>
      {award.emeritusOn && (
        <Fact name={t('certifications.emeritus')}>
          <DateOnly t={t} date={award.emeritusOn} />
        </Fact>
      )}
      <Fact name={t('verification.number')}>
        <span class="number">{number}</span>
      </Fact>
      <Fact name={t('verification.code')}>
        <span class="number">{printedVerificationCode(verificationCode)}</span>
      </Fact>
      <Fact name={t('verification.program')}>{program.name}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
