import { Autocomplete, Button, Checkbox, Group, NativeSelect, Radio, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm, type FormErrors, type UseFormReturnType } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { ProblemAlert, useWorkloadVocabulary, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { Page } from '../../shell/page.js';
import { toast } from '../../shell/toast.js';
import { useMemberSearch } from '../../workload/acts/members.queries.js';
import { customFieldsQuery } from '../../workload/workload.queries.js';
import { facetsQuery, INVENTORY } from '../inventory.queries.js';
import { useTriStateChoices, useWorkloadFieldNames } from '../workload-fields.js';
import { LikelyDuplicates, RegisteredWithDuplicates } from './likely-duplicates.js';
import classes from './register-page.module.css';
import { EMPTY_REGISTRATION, REQUIRED, suggestedKey, toRegistration, type OptionalList, type OptionalText, type RegistrationForm } from './registration.js';

const NO_CUSTOM: readonly Schemas['CustomFieldDto'][] = [];
const KEY = /^[A-Z0-9]+(-[A-Z0-9]+)*$/;

/** Registers one workload: six answers first, everything else when it is known. What is typed survives a reload. */
export function RegisterPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const draft = useDraft<RegistrationForm>('register', EMPTY_REGISTRATION);
  const [failure, setFailure] = useState<ShownProblem | null>(null);
  const [restored, setRestored] = useState(draft.restored);
  const [registered, setRegistered] = useState<Schemas['RegisteredWorkloadDto'] | null>(null);
  const custom = useQuery(customFieldsQuery).data ?? NO_CUSTOM;
  const customTypes = useMemo(() => Object.fromEntries(custom.map((field) => [field.key, field.type])), [custom]);
  const form = useForm<RegistrationForm>({
    mode: 'controlled', initialValues: draft.values, onValuesChange: draft.keep,
    validate: (values) => ({
      ...Object.fromEntries(REQUIRED.filter((name) => values[name].trim() === '').map((name) => [name, t`This is needed to register it`])),
      ...(values.key !== '' && !KEY.test(values.key) ? { key: t`Capital letters, digits and single hyphens, such as SUPPORT-BOT` } : {}),
    }),
  });
  const register = useMutation({
    mutationFn: (values: RegistrationForm) => bodyOf(api.POST('/api/v1/workloads', { body: toRegistration(values, customTypes) })),
    onSuccess: async (workload) => {
      draft.clear();
      await queries.invalidateQueries({ queryKey: INVENTORY });
      const { name } = workload;
      toast.done({ message: t`${name} is registered` });
      if (workload.duplicates.length > 0) setRegistered(workload);
      else await navigate({ to: '/workloads/$key', params: { key: workload.key } });
    },
    onError: (error) => {
      setFailure(applyProblem(form, error));
      focusFirstError();
    },
  });
  const startOver = () => {
    form.setValues(EMPTY_REGISTRATION);
    form.clearErrors();
    draft.clear();
    setRestored(false);
  };
  const submit = form.onSubmit((values) => { setFailure(null); register.mutate(values); }, focusFirstError);
  return (
    <Page title={t`Register a workload`} to="/inventory/register" crumbs={[{ label: t`Inventory`, to: '/inventory' }]} description={<Trans>Six answers put it on the inventory. "Unknown" is an answer: it is kept as unknown until somebody knows.</Trans>}>
      {registered !== null ? <RegisteredWithDuplicates workload={registered} /> : (
        <form noValidate onSubmit={submit} className={classes.form}>
          {restored ? <div className={classes.draft} role="status"><Trans>This is the draft you left. Nothing is registered yet.</Trans> <Button size="compact-sm" variant="default" onClick={startOver}><Trans>Start over</Trans></Button></div> : null}
          {failure === null ? null : <ProblemAlert problem={failure} />}
          <RequiredFields form={form} />
          <LikelyDuplicates name={form.values.name} team={form.values.team} />
          <FurtherFields form={form} custom={custom} />
          <div className={classes.acts}>
            <ActButton permission="inventory:workload:create" type="submit" leftSection={<IconPlus size={14} />} loading={register.isPending}>{t`Register the workload`}</ActButton>
            <Button variant="default" onClick={() => void navigate({ to: '/inventory' })}><Trans>Back to the inventory</Trans></Button>
            <span className={classes.note}><Trans>What you typed is kept in this tab.</Trans></span>
          </div>
        </form>
      )}
    </Page>
  );
}

function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main form [aria-invalid="true"], main form [data-error="true"] input')?.focus());
}

type Form = UseFormReturnType<RegistrationForm, RegistrationForm, (values: RegistrationForm) => FormErrors>;

function RequiredFields({ form }: { form: Form }) {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const words = useWorkloadVocabulary();
  const triState = useTriStateChoices();
  const teams = useQuery(facetsQuery('', ['team'], null)).data?.get('team')?.values.flatMap(({ label, value }) => label ?? value ?? []) ?? [];
  const key = suggestedKey(form.values.name);
  return (
    <section className={classes.section} aria-labelledby="required-heading">
      <h2 id="required-heading"><Trans>The six answers</Trans></h2>
      <div className={classes.grid}>
        <TextInput required label={names['name']} placeholder={t`Claims triage assistant`} maxLength={500} {...form.getInputProps('name')} description={key === '' || form.values.key !== '' ? undefined : t`Its key will be about ${key}`} inputWrapperOrder={['label', 'input', 'description', 'error']} />
        <NativeSelect required label={names['kind']} {...form.getInputProps('kind')} data={[{ value: '', label: t`Choose a kind` }, ...Object.entries(words.kind).map(([value, label]) => ({ value, label }))]} />
        <Textarea required className={classes.wide} label={names['purpose']} placeholder={t`Sorts incoming claims so that urgent ones reach a person first`} maxLength={10_000} {...form.getInputProps('purpose')} />
        <Autocomplete required label={names['team']} data={[...new Set(teams)]} maxLength={200} {...form.getInputProps('team')} />
        <PersonField form={form} name="riskOwner" required />
        <Radio.Group required className={classes.wide} label={t`Does it process real user or customer data on request?`} description={t`The first question of the decision tree. No or unknown makes it an Experiment.`} {...form.getInputProps('processesRealData')}>
          <Group gap="lg" mt={6}>{triState.map(({ value, label }) => <Radio key={value} value={value} label={label} />)}</Group>
        </Radio.Group>
      </div>
    </section>
  );
}

/** A member by e-mail address, or somebody to invite. */
function PersonField({ form, name, required = false }: { form: Form; name: 'riskOwner' | 'accountableExecutive' | 'onCall' | 'engineeringLead' | 'dataSteward'; required?: boolean }) {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const [typed, setTyped] = useState('');
  const { members, more } = useMemberSearch(typed);
  const people = new Map(members.map((member) => [member.email, member.name]));
  const props = form.getInputProps(name) as { value: string; onChange: (value: string) => void; error?: ReactNode };
  const hints = [...(required ? [t`A member, or an e-mail address to invite. They are asked to accept.`] : []), ...(more ? [t`More members fit: type to narrow.`] : [])];
  return (
    <Autocomplete required={required} label={names[name]} description={hints.length === 0 ? undefined : hints.join(' ')} inputWrapperOrder={['label', 'input', 'description', 'error']} data={[...people.keys()]} maxLength={254}
      filter={({ options }) => options}
      renderOption={({ option }) => <span className={classes.person}><span>{people.get(option.value)}</span><span className={classes.note}>{option.value}</span></span>} {...props} onChange={(value) => { setTyped(value); props.onChange(value); }} />
  );
}

/** Everything that may follow later, in groups which open on demand. */
function FurtherFields({ form, custom }: { form: Form; custom: readonly Schemas['CustomFieldDto'][] }) {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const words = useWorkloadVocabulary();
  const triState = useTriStateChoices();
  const choice = (name: OptionalText, values: Readonly<Record<string, string>>) => <NativeSelect key={name} label={names[name]} {...form.getInputProps(name)} data={[{ value: '', label: t`Unknown` }, ...Object.entries(values).map(([value, label]) => ({ value, label }))]} />;
  const answer = (name: OptionalText, label: string) => <NativeSelect key={name} label={label} {...form.getInputProps(name)} data={[{ value: '', label: t`Not answered` }, ...triState]} />;
  const text = (name: OptionalText, maxLength: number) => <TextInput key={name} label={names[name]} maxLength={maxLength} {...form.getInputProps(name)} />;
  const area = (name: OptionalText, maxLength: number) => <Textarea key={name} className={classes.wide} label={names[name]} maxLength={maxLength} {...form.getInputProps(name)} />;
  const list = (name: OptionalList, hint?: string) => <TagsInput key={name} label={names[name]} description={hint} placeholder={form.values[name].length === 0 ? t`Type and press Enter` : undefined} acceptValueOnBlur value={[...form.values[name]]} onChange={(values) => form.setFieldValue(name, values)} error={form.errors[name]} />;
  const several = (name: 'usersAffected' | 'dataClasses', values: Readonly<Record<string, string>>) => (
    <Checkbox.Group key={name} label={names[name]} value={[...form.values[name]]} onChange={(chosen) => form.setFieldValue(name, chosen)} error={form.errors[name]}>
      <Group gap="md" mt={6}>{Object.entries(values).map(([value, label]) => <Checkbox key={value} value={value} label={label} />)}</Group>
    </Checkbox.Group>
  );
  const { proposed, active, paused } = words.lifecycle;
  return (
    <div className={classes.further}>
      <h2><Trans>Everything else, when it is known</Trans></h2>
      <Fields title={t`What decides the stage and the controls`} form={form} names={['handlesPii', 'executesTools', 'riskTier', 'autonomyLevel', 'riskTierRationale', 'downstreamChange', 'maintained', 'exposure', 'operation']}>
        {answer('handlesPii', t`Does it handle personal data?`)}
        {answer('executesTools', t`Does it execute tools?`)}
        {choice('riskTier', words.riskTier)}
        {choice('autonomyLevel', words.autonomyLevel)}
        {area('riskTierRationale', 10_000)}
        {answer('downstreamChange', t`Does a person, customer record, payment or physical process change?`)}
        {answer('maintained', t`Is it maintained?`)}
        {choice('exposure', words.exposure)}
        {choice('operation', words.operation)}
      </Fields>
      <Fields title={t`Further owners`} form={form} names={['onCall', 'engineeringLead', 'accountableExecutive', 'dataSteward', 'escalationPath']}>
        <PersonField form={form} name="onCall" />
        <PersonField form={form} name="engineeringLead" />
        <PersonField form={form} name="accountableExecutive" />
        <PersonField form={form} name="dataSteward" />
        {area('escalationPath', 4_000)}
      </Fields>
      <Fields title={t`Data and people`} form={form} names={['dataClasses', 'usersAffected', 'specialCategories', 'jurisdictions', 'downstreamConsequence']}>
        {several('dataClasses', words.dataClasses)}
        {several('usersAffected', words.usersAffected)}
        {list('specialCategories')}
        {list('jurisdictions')}
        {area('downstreamConsequence', 10_000)}
      </Fields>
      <Fields title={t`Regulation`} form={form} names={['euAiActRole', 'euAiActClass']}>
        {choice('euAiActRole', words.euAiActRole)}
        {choice('euAiActClass', words.euAiActClass)}
      </Fields>
      <Fields title={t`Where it is`} form={form} names={['key', 'lifecycle', 'description', 'businessUnit', 'runsOn', 'environments', 'repositories', 'interfaces', 'monitoringLinks', 'runbookLink', 'tags']}>
        <TextInput label={names['key']} description={t`Left empty, it is made from the name. It never changes.`} inputWrapperOrder={['label', 'input', 'description', 'error']} placeholder={suggestedKey(form.values.name)} maxLength={60} {...form.getInputProps('key')} onChange={(event) => form.setFieldValue('key', event.currentTarget.value.toUpperCase())} />
        <NativeSelect label={names['lifecycle']} {...form.getInputProps('lifecycle')} data={[{ value: '', label: t`As usual` }, { value: 'proposed', label: proposed }, { value: 'active', label: active }, { value: 'paused', label: paused }]} />
        {area('description', 20_000)}
        {text('businessUnit', 200)}
        {text('runsOn', 2_000)}
        {list('environments')}
        {list('repositories', t`Addresses; a repository that another workload names is reported as a likely duplicate.`)}
        {list('interfaces')}
        {list('monitoringLinks')}
        {text('runbookLink', 2_000)}
        {list('tags')}
      </Fields>
      {custom.length === 0 ? null : <Fields title={t`Fields of your organization`} form={form} names={custom.map((field) => `custom.${field.key}`)}>{custom.map((field) => <CustomField key={field.key} field={field} form={form} />)}</Fields>}
    </div>
  );
}

/** A group of fields; what is closed costs nothing while somebody types. An error in it opens it. */
function Fields({ title, form, names, children }: { title: string; form: Form; names: readonly string[]; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (!open && names.some((name) => form.errors[name] !== undefined)) setOpen(true);
  return <details className={classes.group} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}><summary>{title}</summary>{open ? <div className={classes.grid}>{children}</div> : null}</details>;
}

function CustomField({ field, form }: { field: Schemas['CustomFieldDto']; form: Form }) {
  const { t } = useLingui();
  const triState = useTriStateChoices();
  const props = { label: field.label, description: field.description ?? undefined, value: form.values.custom[field.key] ?? '', error: form.errors[`custom.${field.key}`], onChange: (event: { readonly currentTarget: { readonly value: string } }) => form.setFieldValue('custom', { ...form.values.custom, [field.key]: event.currentTarget.value }) };
  const unanswered = { value: '', label: t`Unknown` };
  switch (field.type) {
    case 'choice': return <NativeSelect {...props} data={[unanswered, ...field.choices.map((value) => ({ value, label: value }))]} />;
    case 'tri_state': return <NativeSelect {...props} data={[unanswered, ...triState.filter(({ value }) => value !== 'unknown')]} />;
    case 'boolean': return <NativeSelect {...props} data={[unanswered, { value: 'true', label: t`Yes` }, { value: 'false', label: t`No` }]} />;
    case 'date': return <TextInput type="date" {...props} />;
    case 'number': return <TextInput inputMode="decimal" {...props} />;
    case 'choices': { const choices = field.choices.join(', '); return <TextInput {...props} placeholder={t`Some of: ${choices}`} />; }
    default: return <TextInput {...props} type={field.type === 'url' ? 'url' : 'text'} />;
  }
}
