import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { ClosingNotice } from './closing-notice.tsx'
import { Menu, type Section } from './menu.tsx'

/** What stands around every page: the words, the program's face and who is signed in. */
export type Chrome = {
  t: Translate
  /** Null where a page must be answered without asking the database. */
  program: Program | null
  viewer: { name: string; closesAt?: Date | null } | null
}

export type PageProps = {
  chrome: Chrome
  title: string
  /** The menu that this page belongs to. */
  section?: Section
  /** True when the form on the page was refused; the title then says so first. */
  failed?: boolean
  /** Public pages about a person are not for search engines. */
  noindex?: boolean
  /** A document page (transcript, certificate) has no menu. */
  bare?: boolean
  /** Files of src/assets that only this page needs, after app.js. */
  scripts?: readonly string[]
  children: Child
}

export function Page({ chrome, title, section, failed, noindex, bare, scripts = [], children }: PageProps) {
  const { t, program, viewer } = chrome
  const site = program?.name ?? t('common.record-office')
  const heading = failed ? t('common.error-title', { title }) : title
  return (
    <html lang={t.locale} dir={t.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${heading} · ${site}`}</title>
        {noindex && <meta name="robots" content="noindex, nofollow, noarchive" />}
        <link rel="stylesheet" href={paths.stylesheet} />
        <link rel="icon" href={paths.asset('icon.svg')} type="image/svg+xml" />
        {['app.js', ...scripts].map((script) => (
          <script src={paths.asset(script)} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t('common.skip')}
        </a>
        {!bare && <Menu chrome={chrome} {...(section && { section })} />}
        <main id="main" class="page" tabindex={-1}>
          {!bare && <ClosingNotice chrome={chrome} />}
          {children}
        </main>
        {!bare && <Footer chrome={{ t, program, viewer }} />}
      </body>
    </html>
  )
}

function Footer({ chrome: { t, program } }: { chrome: Chrome }) {
  if (!program) return null
  const { support } = program.settings
  return (
    <footer class="footer">
      <div class="footer__in">
        <p>
          {t('footer.support', { text: support.text })}{' '}
          <a href={`mailto:${support.email}`}>{t('footer.contact')}</a>
        </p>
        <p>{program.disclaimer}</p>
      </div>
    </footer>
  )
}
