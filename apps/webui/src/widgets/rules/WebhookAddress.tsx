import './rules.css'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copy.ts'
import { asCurlPost } from '../command-line.ts'
import { webhookPath } from './describe-trigger.ts'

/** Where a sender reaches a webhook, ready to be copied; the token stands as a variable. */
export function WebhookAddress({ url }: { readonly url: unknown }) {
  const address = new URL(api().webhooks.url(webhookPath(url)), location.href).href
  return (
    <div className="row wrap">
      <code className="webhook-url" data-test="webhook_url">
        {address}
      </code>
      <Button icon="copy" onClick={() => void copyText(address, 'Address')} size="s">
        URL
      </Button>
      <Button icon="code" onClick={() => void copyText(asCurlPost(address, { key: 'value' }), 'Command')} size="s">
        curl
      </Button>
    </div>
  )
}
