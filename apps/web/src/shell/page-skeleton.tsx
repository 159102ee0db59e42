import { Bone, TableSkeleton } from '@roster/ui';
import classes from './page-skeleton.module.css';

/** The shape of a page on its way. */
export function PageSkeleton() {
  return <div className={classes.page}><Bone width="28%" height={20} /><TableSkeleton rows={10} columns={5} /></div>;
}
