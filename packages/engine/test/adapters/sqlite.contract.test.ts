import { blobsContract, storeContract } from '../../src/ports/contracts.ts'
import { openBlobs, openStore } from './support.ts'

storeContract('sqlite', () => openStore('file'))
blobsContract('sqlite', () => openBlobs('file'))
