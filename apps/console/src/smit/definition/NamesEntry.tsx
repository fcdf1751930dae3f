import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import ArrowDownIcon from '@patternfly/react-icons/dist/dynamic/icons/arrow-down-icon';
import ArrowUpIcon from '@patternfly/react-icons/dist/dynamic/icons/arrow-up-icon';
import TimesIcon from '@patternfly/react-icons/dist/dynamic/icons/times-icon';

interface NamesEntryProps {
  id: string;
  label: string;
  names: string[];
  choices: readonly string[];
  /** What one of the names is of. */
  one: string;
  /** Their order matters. */
  ordered: boolean;
  empty?: string | undefined;
  change: (names: string[]) => void;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** Several names from a list; where it matters, in their order. */
export function NamesEntry({ label, names, choices, one, ordered, empty, change, ...entry }: NamesEntryProps) {
  const left = choices.filter((choice) => !names.includes(choice));
  const move = (from: number, to: number): void => {
    const moved = names.filter((_, index) => index !== from);
    change([...moved.slice(0, to), names[from] ?? '', ...moved.slice(to)]);
  };
  return (
    <div className="smit-names">
      {names.length > 0 ? (
        <ol aria-label={ordered ? `${label}, in order` : `${label}, listed`} className={ordered ? '' : 'smit-names-unordered'}>
          {names.map((name, index) => (
            <li key={name}>
              <span className="smit-name">{name}</span>
              {ordered ? (
                <>
                  <Button
                    variant="plain"
                    size="sm"
                    icon={<ArrowUpIcon />}
                    aria-label={`Move ${name} up`}
                    isDisabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <Button
                    variant="plain"
                    size="sm"
                    icon={<ArrowDownIcon />}
                    aria-label={`Move ${name} down`}
                    isDisabled={index === names.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                </>
              ) : null}
              <Button
                variant="plain"
                size="sm"
                icon={<TimesIcon />}
                aria-label={`Remove ${name}`}
                onClick={() => change(names.filter((one) => one !== name))}
              />
            </li>
          ))}
        </ol>
      ) : null}
      <FormSelect {...entry} value="" onChange={(_, name) => change([...names, name])} isDisabled={left.length === 0}>
        <FormSelectOption
          value=""
          label={
            choices.length === 0
              ? `no ${one} is defined`
              : left.length === 0
                ? `every ${one} is listed`
                : names.length === 0 && empty
                  ? empty
                  : `add a ${one} …`
          }
        />
        {left.map((choice) => (
          <FormSelectOption key={choice} value={choice} label={choice} />
        ))}
      </FormSelect>
    </div>
  );
}
