import { blobsContract, storeContract } from '../../src/ports/contracts.ts'
import { openBlobs, openStore } from './support.ts'

storeContract('sqlite in memory', () => openStore('memory'))
blobsContract('sqlite in memory', () => openBlobs('memory'))
