import {jobsSuite} from '#test/contract/jobs.suite.ts';
import {natsGround} from '#test/support/grounds.ts';

jobsSuite('a real server', (identity) => natsGround(identity, 4));
