import { paths } from '../paths.ts'
import type { Permission } from '../staff/permissions.ts'
import type { StaffChrome } from './staff-page.tsx'

export type DeliveriesRoom = 'deliveries' | 'quarantine' | 'reviews' | 'late-results' | 'feeds'

const ROOMS: { room: DeliveriesRoom; href: string; needs: Permission }[] = [
  { room: 'deliveries', href: paths.staff.deliveries, needs: 'deliveries.view' },
  { room: 'quarantine', href: paths.staff.quarantine, needs: 'deliveries.view' },
  { room: 'reviews', href: paths.staff.reviews, needs: 'deliveries.view' },
  { room: 'late-results', href: paths.staff.lateResults, needs: 'deliveries.view' },
  { room: 'feeds', href: paths.staff.feeds, needs: 'feeds.view' },
]

/** The rooms about what vendors deliver, under the heading of each of their pages. */
export function DeliveriesMenu({ chrome, room }: { chrome: StaffChrome; room: DeliveriesRoom }) {
  const { t, staff } = chrome
  return (
    <nav class="actions" aria-label={t('deliveries.menu')}>
      {ROOMS.filter(({ needs }) => staff?.may.includes(needs)).map(({ room: name, href }) => (
        <a
          class={name === room ? 'menus__link menus__link--here' : 'menus__link'}
          href={href}
          {...(name === room && { 'aria-current': 'page' })}
        >
          {t(`deliveries.menu.${name}`)}
        </a>
      ))}
    </nav>
  )
}
