/** What a renewal is said to be by where no rule of the document made it. */
export const STAFF_EXTENSION = 'staff-extension'
export const REACTIVATION = 'reactivation'
/** Of courses, where the document says nothing about them. */
export const BY_COURSE = 'course'
