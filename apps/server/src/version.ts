/** The release of StackStorm whose API this is: what clients and packs compare with. */
export const API_VERSION = '3.10dev'
