/**
 * Writes the licence texts of all that is installed for the collector, where its image is made: `image-licenses.ts DIR`.
 *
 * Fails where a package has none, and the image with it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInstalled, licenseTexts } from './third-party-licenses.ts';

const FILE = 'THIRD-PARTY-LICENSES.txt';

const [dir = '.'] = process.argv.slice(2);
writeFileSync(join(dir, FILE), licenseTexts(findInstalled(join(dir, 'node_modules'))));
