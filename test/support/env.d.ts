declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
    TEST_WRANGLER_CONFIG: string
    TEST_FAULTS: string
    TEST_FUZZ: string
  }
}
