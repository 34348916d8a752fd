import { WorkflowEntrypoint } from 'cloudflare:workers'

export class ImportWorkflow extends WorkflowEntrypoint<Env, { deliveryId: string }> {
  override async run(): Promise<void> {}
}
