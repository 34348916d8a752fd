import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { lastLateAppointment } from '../exams/late-appointments.ts'
import { paths } from '../paths.ts'
import { staffAgain } from './again-routes.tsx'
import { findStaffHome } from './home-queries.ts'
import { StaffHomePage } from './home-views.tsx'
import { staffInvitations } from './invitation-routes.tsx'
import { staffPasskeySignIn } from './passkey-sign-in-routes.ts'
import { staffPeople } from './people-routes.tsx'
import { mayRole, permissions } from './permissions.ts'
import { staffSecurity } from './security-routes.tsx'
import { staffSignIn } from './sign-in-routes.tsx'
import { loadStaff, requireStaff, type StaffEnv, type StaffPageEnv, staffChromeOf } from './staff-viewer.ts'

const staffHome = new Hono<StaffEnv>().get(paths.staff.home, loadStaff, requireStaff, async (c) => {
  const { db, now, staff, program } = c.var
  const today = calendarDateIn(program.settings.timeZone, now)
  const until = lastLateAppointment(program.settings, today)
  const { requests, waiting, decisions, signIns } = await findStaffHome(db, staff.staffId, {
    until,
    today,
    now,
  })
  const may = permissions.filter((permission) => mayRole(staff.role, permission))
  const shown = {
    may,
    requests: may.includes('requests.view') ? requests : null,
    waiting: may.includes('deliveries.view') ? waiting : null,
    proposals: may.includes('awards.act') ? decisions.proposals : 0,
    changes: may.includes('program.change') ? decisions.changes : 0,
    heldRuns: may.includes('program.change') ? decisions.heldRuns : 0,
    signIns,
  }
  return render(c, <StaffHomePage chrome={staffChromeOf(c)} {...shown} />)
})

/** The accounts of those who work in the console. What they do there stands in the rooms that it is about. */
export const staffAccounts = new Hono<StaffPageEnv>()
  .route('/', staffHome)
  .route('/', staffSignIn)
  .route('/', staffPasskeySignIn)
  .route('/', staffAgain)
  .route('/', staffInvitations)
  .route('/', staffPeople)
  .route('/', staffSecurity)
