import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { Permission } from '../staff/permissions.ts'

/** What stands around every page of the console. */
export type StaffChrome = {
  t: Translate
  program: Program
  staff: { name: string; role: string; may: readonly Permission[] } | null
}

export type StaffSection =
  | 'candidates'
  | 'acts'
  | 'requests'
  | 'deliveries'
  | 'program'
  | 'audit'
  | 'people'
  | 'security'

type StaffPageProps = {
  chrome: StaffChrome
  title: string
  section?: StaffSection
  /** True when the form on the page was refused; the title then says so first. */
  failed?: boolean
  /** Files of src/assets that only this page needs, after app.js. */
  scripts?: readonly string[]
  children: Child
}

export function StaffPage({ chrome, title, section, failed, scripts = [], children }: StaffPageProps) {
  const { t, program } = chrome
  const heading = failed ? t('common.error-title', { title }) : title
  return (
    <html lang={t.locale} dir={t.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${heading} · ${t('staff.console')} · ${program.name}`}</title>
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <link rel="stylesheet" href={paths.stylesheet} />
        <link rel="icon" href={paths.asset('icon.svg')} type="image/svg+xml" />
        {['app.js', ...scripts].map((script) => (
          <script src={paths.asset(script)} defer />
        ))}
      </head>
      <body class="console">
        <a class="skip" href="#main">
          {t('common.skip')}
        </a>
        <StaffMenu chrome={chrome} section={section} />
        <main id="main" class="page" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  )
}

const SECTIONS: { section: StaffSection; href: string; needs: Permission | null }[] = [
  { section: 'candidates', href: paths.staff.candidates, needs: 'candidates.search' },
  { section: 'acts', href: paths.staff.acts, needs: 'awards.view' },
  { section: 'requests', href: paths.staff.requests, needs: 'requests.view' },
  { section: 'deliveries', href: paths.staff.deliveries, needs: 'deliveries.view' },
  { section: 'program', href: paths.staff.program, needs: 'program.view' },
  { section: 'audit', href: paths.staff.audit, needs: 'audit.view' },
  { section: 'people', href: paths.staff.people, needs: 'people.view' },
  { section: 'security', href: paths.staff.security, needs: null },
]

function StaffMenu({ chrome, section }: { chrome: StaffChrome; section: StaffSection | undefined }) {
  const { t, staff } = chrome
  return (
    <header class="bar">
      <div class="bar__in">
        <a class="mark" href={paths.staff.home}>
          <img src={paths.asset('icon.svg')} alt="" width="34" height="34" />
          <span>{t('staff.console')}</span>
        </a>
        {staff && (
          <nav class="menus" aria-label={t('staff.menu')}>
            {SECTIONS.filter(({ needs }) => needs === null || staff.may.includes(needs)).map(
              ({ section: name, href }) => (
                <a
                  class={name === section ? 'menus__link menus__link--here' : 'menus__link'}
                  href={href}
                  {...(name === section && { 'aria-current': 'page' })}
                >
                  {t(`staff.menu.${name}`)}
                </a>
              ),
            )}
            <form class="menus__sign-out" method="post" action={paths.staff.signOut}>
              <span class="soft">{t('staff.signed-in-as', { name: staff.name, role: staff.role })}</span>{' '}
              <button class="link" type="submit">
                {t('menu.sign-out')}
              </button>
            </form>
          </nav>
        )}
      </div>
    </header>
  )
}
