import { screens as evidence } from './screens/evidence.screens.js';
import { screens as firstRun } from './screens/first-run.screens.js';
import { screens as gallery } from './screens/gallery.screens.js';
import { screens as home } from './screens/home.screens.js';
import { screens as inventory } from './screens/inventory.screens.js';
import { walkScreens } from './walk-screens.js';

walkScreens('screens of the record: what there is and what proves it', [...evidence, ...firstRun, ...gallery, ...home, ...inventory]);
