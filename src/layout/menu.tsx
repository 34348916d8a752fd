import type { Child } from 'hono/jsx'
import { paths } from '../paths.ts'
import type { Chrome } from './page.tsx'

export type Section = 'home' | 'profile' | 'exams' | 'certifications' | 'share' | 'verify' | 'sign-in'

export function Menu({ chrome, section }: { chrome: Chrome; section?: Section }) {
  const { t, program, viewer } = chrome
  return (
    <header class="bar">
      <div class="bar__in">
        <a class="mark" href={paths.home}>
          <img src={paths.asset('icon.svg')} alt="" width="34" height="34" />
          <span>{program?.name ?? t('common.record-office')}</span>
        </a>
        <nav class="menus" aria-label={t('common.menu')}>
          {viewer ? (
            <SignedInMenu chrome={chrome} section={section} />
          ) : (
            <VisitorMenu chrome={chrome} section={section} />
          )}
        </nav>
      </div>
    </header>
  )
}

function SignedInMenu({ chrome: { t }, section }: { chrome: Chrome; section: Section | undefined }) {
  return (
    <>
      <Dropdown label={t('menu.profile')} here={section === 'profile'}>
        <Item href={paths.profile} text={t('menu.profile.update')} />
        <Item href={paths.addresses} text={t('menu.profile.addresses')} />
        <Item href={paths.security} text={t('menu.profile.security')} />
        <Item href={paths.activity} text={t('menu.profile.activity')} />
        <Item href={paths.requests} text={t('menu.profile.requests')} />
        <Item href={paths.merge} text={t('menu.profile.merge')} />
        <Item href={paths.privacy} text={t('menu.profile.privacy')} />
      </Dropdown>
      <Dropdown label={t('menu.exams')} here={section === 'exams'}>
        <Item href={paths.exams} text={t('menu.exams.history')} />
        <Item href={paths.recertification} text={t('menu.exams.recertification')} />
      </Dropdown>
      <Dropdown label={t('menu.certifications')} here={section === 'certifications'}>
        <Item href={paths.status} text={t('menu.certifications.status')} />
        <Item href={paths.planner} text={t('planner.title')} />
      </Dropdown>
      <Dropdown label={t('menu.share')} here={section === 'share'}>
        <Item href={paths.transcripts} text={t('menu.share.publish')} />
      </Dropdown>
      <form class="menus__sign-out" method="post" action={paths.signOut}>
        <button class="link" type="submit">
          {t('menu.sign-out')}
        </button>
      </form>
    </>
  )
}

function VisitorMenu({ chrome: { t }, section }: { chrome: Chrome; section: Section | undefined }) {
  return (
    <>
      <Link href={paths.verify} text={t('menu.verify')} here={section === 'verify'} />
      <Link href={paths.signIn} text={t('menu.sign-in')} here={section === 'sign-in'} />
    </>
  )
}

function Dropdown({ label, here, children }: { label: string; here: boolean; children: Child }) {
  return (
    <details class={here ? 'menu menu--here' : 'menu'} name="menu">
      <summary>{label}</summary>
      <ul>{children}</ul>
    </details>
  )
}

function Item({ href, text }: { href: string; text: string }) {
  return (
    <li>
      <a href={href}>{text}</a>
    </li>
  )
}

function Link({ href, text, here }: { href: string; text: string; here: boolean }) {
  return (
    <a
      class={here ? 'menus__link menus__link--here' : 'menus__link'}
      href={href}
      {...(here && { 'aria-current': 'page' })}
    >
      {text}
    </a>
  )
}
