/** Every address of the site, by name. `:name` forms for routes stand in app.ts and the features' routes. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  signOut: '/sign-out',
  firstSignIn: '/first-sign-in',
  forgotten: '/forgotten',
  setPassword: (token: string) => `/set-password/${token}`,

  profile: '/profile',
  exams: '/exams',
  status: '/certifications/status',
  ecertificate: (awardId: number) => `/certifications/${awardId}/ecertificate.pdf`,
  logoPack: (awardId: number) => `/certifications/${awardId}/logo.zip`,

  transcripts: '/transcripts',
  newTranscript: '/transcripts/new',
  transcript: (id: number) => `/transcripts/${id}`,
  editTranscript: (id: number) => `/transcripts/${id}/edit`,
  disableTranscript: (id: number) => `/transcripts/${id}/withdrawal`,

  publishedTranscript: (token: string) => `/t/${token}`,
  verify: '/verify',
  verifyCode: (code: string) => `/verify/${code}`,

  stylesheet: '/app.css',
  asset: (name: string) => `/${name}`,

  api: {
    feed: (feed: string) => `/api/v1/feeds/${feed}/deliveries`,
    deliveries: (feed: string, name: string) =>
      `/api/v1/feeds/${feed}/deliveries/${encodeURIComponent(name)}`,
    delivery: (id: string) => `/api/v1/deliveries/${id}`,
    transcript: (token: string) => `/api/v1/transcripts/${token}`,
    certificate: (code: string) => `/api/v1/certificates/${code}`,
    description: '/api/v1/openapi.json',
  },
} as const
