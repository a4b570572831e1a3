/** Which tags have behaviour. A tag that is not here is a plain element: `view`, `block`, hosts of components. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Advertisement } from './advertisement';
import { Audio } from './audio';
import { Button } from './button';
import { Camera } from './camera/camera';
import { Canvas } from './canvas/canvas';
import { Checkbox, CheckboxGroup } from './checkbox';
import type { Component } from './component';
import { CoverView } from './cover-view';
import { Editor } from './editor/editor';
import { EditorPortal } from './editor/portal';
import { Form } from './form';
import { HorizontalDragHandler, PanHandler, VerticalDragHandler } from './gestures/drags';
import { ScaleHandler } from './gestures/scale';
import { DoubleTapHandler, ForcePressHandler, LongPressHandler, TapHandler } from './gestures/taps';
import { Icon } from './icon';
import { Image } from './image';
import { Input } from './input';
import { KeyboardAccessory } from './keyboard-accessory';
import { Label } from './label';
import { Live, liveTags } from './live/live';
import { WxMap } from './map/map';
import { MatchMedia } from './match-media';
import { MovableArea, MovableView } from './movable';
import { NavigationBar } from './navigation-bar';
import { Navigator } from './navigator';
import { OpenData } from './open-data';
import { PageContainer } from './page-container';
import { PageMeta } from './page-meta';
import { Picker } from './picker/picker';
import { PickerView, PickerViewColumn } from './picker/picker-view';
import { Progress } from './progress';
import { Radio, RadioGroup } from './radio';
import { RichText } from './rich-text';
import { RootPortal } from './root-portal';
import { ScrollView } from './scroll-view/scroll-view';
import { Selection } from './selection';
import { ShareElement } from './share-element';
import { GridBuilder, ListBuilder } from './skyline/builders';
import { DraggableSheet } from './skyline/draggable-sheet';
import { GridView } from './skyline/grid-view';
import { ListView } from './skyline/list-view';
import { NestedScrollBody, NestedScrollHeader } from './skyline/nested-scroll';
import { OpenContainer } from './skyline/open-container';
import { StickyHeader, StickySection } from './skyline/sticky';
import { Slider } from './slider';
import { Snapshot } from './snapshot/snapshot';
import { Swiper, SwiperItem } from './swiper/swiper';
import { Switch } from './switch';
import { Text } from './text';
import { Textarea } from './textarea';
import { Video } from './video/video';
import { WebView } from './web-view';

type Constructor = new (node: ViewNode, host: HTMLElement, context: ViewContext) => Component;

const constructors = new Map<string, Constructor>(
  Object.entries({
    audio: Audio,
    ad: Advertisement,
    'ad-custom': Advertisement,
    button: Button,
    camera: Camera,
    canvas: Canvas,
    checkbox: Checkbox,
    'checkbox-group': CheckboxGroup,
    'cover-image': Image,
    'cover-view': CoverView,
    'double-tap-gesture-handler': DoubleTapHandler,
    'draggable-sheet': DraggableSheet,
    'force-press-gesture-handler': ForcePressHandler,
    editor: Editor,
    'editor-portal': EditorPortal,
    form: Form,
    'grid-builder': GridBuilder,
    'grid-view': GridView,
    'horizontal-drag-gesture-handler': HorizontalDragHandler,
    icon: Icon,
    image: Image,
    input: Input,
    'keyboard-accessory': KeyboardAccessory,
    label: Label,
    'list-builder': ListBuilder,
    'list-view': ListView,
    'long-press-gesture-handler': LongPressHandler,
    map: WxMap,
    'match-media': MatchMedia,
    'movable-area': MovableArea,
    'movable-view': MovableView,
    'navigation-bar': NavigationBar,
    navigator: Navigator,
    'nested-scroll-body': NestedScrollBody,
    'nested-scroll-header': NestedScrollHeader,
    'official-account': Advertisement,
    'open-container': OpenContainer,
    'open-data': OpenData,
    'functional-page-navigator': Navigator,
    'page-container': PageContainer,
    'page-meta': PageMeta,
    'pan-gesture-handler': PanHandler,
    picker: Picker,
    'picker-view': PickerView,
    'picker-view-column': PickerViewColumn,
    progress: Progress,
    radio: Radio,
    'radio-group': RadioGroup,
    'rich-text': RichText,
    'root-portal': RootPortal,
    'scale-gesture-handler': ScaleHandler,
    'scroll-view': ScrollView,
    selection: Selection,
    'share-element': ShareElement,
    slider: Slider,
    snapshot: Snapshot,
    'sticky-header': StickyHeader,
    'sticky-section': StickySection,
    swiper: Swiper,
    'swiper-item': SwiperItem,
    switch: Switch,
    'tap-gesture-handler': TapHandler,
    textarea: Textarea,
    'vertical-drag-gesture-handler': VerticalDragHandler,
    'web-view': WebView,
    video: Video,
  } as unknown as Record<string, Constructor>),
);
for (const tag of liveTags) constructors.set(tag, Live as unknown as Constructor);

export function makeComponent(node: ViewNode, host: HTMLElement, context: ViewContext): Component | null {
  const Kind = constructors.get(node.tag);
  return Kind === undefined ? null : new Kind(node, host, context);
}

export function makeTextComponent(node: ViewNode, host: HTMLElement, context: ViewContext): Component {
  return new Text(node, host, context) as unknown as Component;
}
