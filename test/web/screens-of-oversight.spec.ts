import { screens as packs } from './screens/packs.screens.js';
import { screens as portfolio } from './screens/portfolio.screens.js';
import { screens as reviews } from './screens/reviews.screens.js';
import { screens as settings } from './screens/settings.screens.js';
import { screens as workloadTabs } from './screens/workload-tabs.screens.js';
import { screens as workload } from './screens/workload.screens.js';
import { walkScreens } from './walk-screens.js';

walkScreens('screens of oversight: how it stands and what comes of it', [...packs, ...portfolio, ...reviews, ...settings, ...workloadTabs, ...workload]);
